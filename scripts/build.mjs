// Bundles the command-line tool into dist/. Splitting keeps every lazily imported part in a file of its
// own, so that `--help` loads next to nothing. Packages that are heavy, or that learners' scripts load
// themselves, stay in node_modules.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inputsDigest, isBuilt, noteBuild } from './build-stamp.mjs';

const isClean = process.argv.includes('--clean');
const inputs = inputsDigest();
if (!isClean && isBuilt(inputs)) process.exit();

// Loading these takes a second.
const { build } = await import('esbuild');
const { common, root, writeChanged } = await import('./bundling.mjs');
const { licences } = await import('./licences.mjs');
const { laterParts, loadedWhenUsed, OPTIONAL } = await import('./loaded-when-used.mjs');
const { prebuiltDocuments } = await import('./prebuilt.mjs');

const outdir = join(root, 'dist');

const later = new Map();
const bundle = await build({
  ...common,
  entryPoints: {
    cli: 'graders/harness/cli/main.ts',
    'valkey-cli': 'graders/harness/valkey/cli/main.ts',
    checks: 'graders/harness/api/custom-checks.ts',
    'grading-process': 'graders/harness/grading/process/main.ts',
    vitest: 'graders/harness/api/vitest/index.ts',
    'vitest-plugin': 'graders/harness/api/vitest/plugin.ts',
  },
  outdir,
  splitting: true,
  // What has to be read is read sooner; names stay, for those who read a stack trace.
  minifyWhitespace: true,
  minifySyntax: true,
  chunkNames: 'chunks/[name]-[hash]',
  external: [...OPTIONAL, 'tsx', '@actions/core', 'bullmq', 'vitest'],
  // It is commander with other types, and a few lines that load it.
  alias: { '@commander-js/extra-typings': 'commander' },
  plugins: [...common.plugins, prebuiltDocuments, loadedWhenUsed(later)],
});
const parts = await laterParts(later, outdir);
const outputFiles = [...bundle.outputFiles.map(withoutIdleBanner), ...parts.outputFiles];

// `npm run grade` builds too.
for (const file of outputFiles) await writeChanged(file);

if (isClean) {
  await writeChanged(await licences(outdir, bundle.metafile, parts.metafile));
  const wanted = new Set(outputFiles.map((file) => file.path));
  for (const folder of ['chunks', 'later']) {
    for (const name of await readdir(join(outdir, folder)).catch(() => [])) {
      const path = join(outdir, folder, name);
      if (!wanted.has(path)) await rm(path);
    }
  }
}
noteBuild(inputs, outputFiles);

/** The banner takes time in each of many files, and few of them hold a CommonJS package. */
function withoutIdleBanner(file) {
  const { js } = common.banner;
  const [before, after = ''] = file.text.split(js, 2);
  if (/\b(?:require|__filename|__dirname)\b/.test(after)) return file;
  return { path: file.path, contents: Buffer.from(before + after.trimStart()) };
}
