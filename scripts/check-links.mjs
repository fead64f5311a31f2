// Follows every link and picture in the Markdown files of a repository (this one, unless a folder is named) to
// the file and the heading that it names: `npm run check:links`, and a part of `npm run lint`. It asks nobody:
// addresses of other sites are left alone, and no remote of the clone is needed.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { x } from 'tinyexec';
import { root } from './bundling.mjs';

const folder = resolve(process.argv[2] ?? root);
const inFolder = { nodeOptions: { cwd: folder } };
const installed = (name) => join(root, 'node_modules', name);

// What git would commit, so that a new document is followed, too. Goldens are outputs for other places.
const { stdout } = await x('git', ['ls-files', '-z', '-co', '--exclude-standard', '*.md'], {
  ...inFolder,
  throwOnError: true,
});
const documents = stdout
  .split('\0')
  .filter((name) => name !== '' && !name.includes('/goldens/') && existsSync(join(folder, name)));

// All of them in one call: only so headings of other files are known. `repository:false` is what makes it need
// no remote.
const plugin = `${installed('remark-validate-links/index.js')}=repository:false,root:${JSON.stringify(folder)}`;
const { exitCode, stderr } = await x(
  process.execPath,
  [installed('remark-cli/cli.js'), '--frail', '--quiet', '--no-stdout', '--use', plugin, ...documents],
  inFolder,
);
if (exitCode === 0) console.log(`Every link in ${documents.length} documents leads somewhere.`);
else {
  console.error(stderr);
  process.exitCode = 1;
}
