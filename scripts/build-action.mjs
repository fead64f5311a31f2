// Bundles the GitHub action into the one file that is committed: `npm run build:action`. With --check it
// writes nothing and fails where that file is not what the code makes.
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { common, root, writeChanged } from './bundling.mjs';
import { OPTIONAL } from './loaded-when-used.mjs';

const { outputFiles } = await build({
  ...common,
  entryPoints: ['graders/harness/action/main.ts'],
  outfile: join(root, '.github', 'actions', 'grade', 'dist', 'index.js'),
  minify: true,
  legalComments: 'none',
  // Custom checks need tsx, which is installed when it is needed; the others are optional parts of packages.
  external: ['tsx', 'tsx/*', ...OPTIONAL],
});

for (const file of outputFiles) {
  if (!process.argv.includes('--check')) {
    await writeChanged(file);
  } else if (Buffer.compare(await readFile(file.path).catch(() => Buffer.alloc(0)), file.contents) !== 0) {
    console.error(`${relative(root, file.path)} is not what the code makes: run \`npm run build:action\``);
    process.exitCode = 1;
  }
}
