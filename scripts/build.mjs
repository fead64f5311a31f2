// Bundles the command-line tool into dist/. Splitting keeps every lazily imported part in a file of its
// own, so that `--help` loads next to nothing. Packages that are heavy, or that learners' scripts load
// themselves, stay in node_modules.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'dist');

const { outputFiles } = await build({
  entryPoints: {
    cli: 'graders/harness/cli/main.ts',
    'valkey-cli': 'graders/harness/valkey/cli/main.ts',
  },
  absWorkingDir: root,
  outdir,
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['testcontainers', 'tsx', '@actions/core'],
  // Bundled CommonJS packages call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// `npm run grade` builds too: only what changed is written, and by rename, so that a grading that runs at
// the same time never reads half a file.
for (const file of outputFiles) {
  const written = await readFile(file.path).catch(() => undefined);
  if (written && Buffer.compare(written, file.contents) === 0) continue;
  await mkdir(dirname(file.path), { recursive: true });
  const temporary = `${file.path}.${process.pid}`;
  await writeFile(temporary, file.contents);
  await rename(temporary, file.path);
}

if (process.argv.includes('--clean')) {
  const wanted = new Set(outputFiles.map((file) => file.path));
  for (const name of await readdir(join(outdir, 'chunks')).catch(() => [])) {
    const path = join(outdir, 'chunks', name);
    if (!wanted.has(path)) await rm(path);
  }
}
