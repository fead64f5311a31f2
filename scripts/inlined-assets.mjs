// The styles and scripts of our pages go into the bundles as texts, ready: from source, esbuild makes them when
// they are first asked for, and nobody is to have it who grades.
import { loadFile } from './load-module.mjs';

/** @type {import('esbuild').Plugin} */
export const inlinedAssets = {
  name: 'inlined-assets',
  setup({ onLoad }) {
    // Modules that export functions, each of which returns a text.
    onLoad({ filter: /[\\/]\w+-assets\.ts$/ }, async ({ path }) => {
      const assets = await loadFile(path);
      const exports = Object.entries(assets).map(
        ([name, text]) => `export const ${name} = () => ${JSON.stringify(text())};`,
      );
      return { contents: exports.join('\n') };
    });
  },
};
