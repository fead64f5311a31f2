import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/**
 * The text of a style sheet or a browser script with all that it imports, minified, as it goes into a page. It is
 * bundled when it is first asked for: that is how tests and tools have it, which run from source. Our own bundles
 * have only the texts: see scripts/inlined-assets.mjs.
 */
export function inlined(entry: URL): () => string {
  let text: string | undefined;
  return () => {
    text ??= bundled(fileURLToPath(entry));
    return text;
  };
}

function bundled(file: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [file],
    write: false,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    minify: true,
    charset: 'utf8',
    logLevel: 'warning',
  });
  return outputFiles.map((output) => output.text.trim()).join('');
}
