// @ts-check
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Runs tests of modules in Node: `node node.mjs <folder of the client> <test file>...`. What a page has and Node has not is
 * left out: tests that need it say so by themselves.
 */
const [client, ...files] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
register('./node-hooks.js', import.meta.url, { data: { '/client/v1/': `${client}/`, '/test/': here } });
if (globalThis.CustomEvent === undefined) throw new Error('Node 20 or newer is needed');

const { run } = await import('./harness.js');
for (const file of files) await import(`./${file}`);
const outcomes = await run();
for (const { name, failure } of outcomes)
    console.log(`${failure ? 'not ok' : 'ok'} - ${name}${failure && `\n${failure}`}`);
process.exit(outcomes.some(({ failure }) => failure) ? 1 : 0);
