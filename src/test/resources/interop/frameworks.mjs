// Makes a page's script of each component in this folder, as somebody's build does: node frameworks.mjs <folder of the pages>
import { build } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'svelte/compiler';

const [, , pages] = process.argv;

const ENTRIES = {
  react: `
    import * as React from 'react';
    import { flushSync } from 'react-dom';
    import { createRoot } from 'react-dom/client';
    import { Touch } from './touch.jsx';
    const root = createRoot(document.getElementById('root'));
    globalThis.show = (symbol) => flushSync(() => root.render(symbol ? React.createElement(Touch, { symbol }) : null));
  `,
  svelte: `
    import { mount, unmount } from 'svelte';
    import Touch from './touch.svelte.js';
    let shown = null;
    globalThis.show = (symbol) => {
      if (symbol) shown = mount(Touch, { target: document.getElementById('root') });
      else unmount(shown);
    };
  `,
};

const component = await readFile('touch.svelte', 'utf8');
await writeFile('touch.svelte.js', compile(component, { filename: 'touch.svelte' }).js.code);
for (const [name, entry] of Object.entries(ENTRIES)) {
  await writeFile(`${name}.js`, entry);
  await build({
    entryPoints: [`${name}.js`],
    outfile: `${pages}/${name}.js`,
    bundle: true,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
    conditions: ['browser'],
    logLevel: 'warning',
  });
  await writeFile(
    `${pages}/${name}.html`,
    `<!doctype html><title>${name}</title><p id="root"></p><script type="module" src="${name}.js"></script>`,
  );
}
