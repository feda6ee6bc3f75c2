// @ts-check
import { register } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/**
 * Runs tests of modules in Node: `CLIENT=<folder of the client> MODULES=<name>,… node --test node.mjs`. What a page has and
 * Node has not is left out: tests that need it say so by themselves.
 */
const { CLIENT = '', MODULES = '' } = process.env;
const here = fileURLToPath(new URL('.', import.meta.url));
const roots = { '/client/v1/': `${CLIENT}/`, '/dashboard/': `${CLIENT}/../../dashboard/`, '/test/': here };
register('./node-hooks.js', import.meta.url, { data: roots });

const { tests } = await import('./harness.js');
for (const module of MODULES.split(',')) await import(`./${module}.test.js`);
for (const { name, body } of tests) await test(name, body);
