// Bundles the GitHub action into one file, which is committed with the licences of what is in it: `npm run
// build:action`. With --check it writes nothing and fails where a file is not what the code makes.
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { common, root, writeChanged } from './bundling.mjs';
import { licences } from './licences.mjs';
import { OPTIONAL } from './loaded-when-used.mjs';

const folder = join(root, '.github', 'actions', 'grade', 'dist');
const { outputFiles, metafile } = await build({
  ...common,
  entryPoints: ['graders/harness/action/main.ts'],
  outfile: join(folder, 'index.js'),
  minify: true,
  legalComments: 'none',
  // Custom checks need tsx, which is installed when it is needed; the others are optional parts of packages.
  external: ['tsx', 'tsx/*', ...OPTIONAL],
});

for (const file of [...outputFiles, await licences(folder, metafile)]) {
  if (!process.argv.includes('--check')) {
    await writeChanged(file);
  } else if (Buffer.compare(await readFile(file.path).catch(() => Buffer.alloc(0)), file.contents) !== 0) {
    console.error(`${relative(root, file.path)} is not what the code makes: run \`npm run build:action\``);
    process.exitCode = 1;
  }
}
