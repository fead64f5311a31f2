// Writes package.json's version to wherever else it stands: the lockfile, the action and the package that workflows
// and documents name. A part of `npm run version-packages`; with --check it writes nothing and fails where another
// version is named.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { x } from 'tinyexec';
import { packageVersion } from '../graders/harness/base/project.ts';
import { SHIPPED } from '../graders/harness/challenges/collection/collection.ts';

/** What stands before a version of ours. */
const BEFORE = [
  'keyspace-grader@',
  'keyspace-grader-(?=[^/\\s]+\\.tgz)',
  '\\.github/actions/grade@v',
  'keyspace-grader\\.git#v',
  'keyspace-grader-worker:',
  'VERSION = "',
];
const VERSION = new RegExp(`(${BEFORE.join('|')})\\d+\\.\\d+\\.\\d+(?:-[\\w.]+)?`, 'g');

const version = packageVersion();
const { stdout } = await x(
  'git',
  [
    'ls-files',
    '-z',
    '*.md',
    '*.yml',
    '*.yaml',
    '*.sh',
    '*autograder.py',
    '*Dockerfile',
    ':!CHANGELOG.md',
    ':!fixtures',
    ':!.changeset',
  ],
  { throwOnError: true, nodeOptions: { cwd: SHIPPED.root } },
);
for (const name of stdout.split('\0').filter((one) => one !== ''))
  await bring(name, (text) => text.replace(VERSION, (_, before: string) => before + version));
await bring('package-lock.json', (text) => {
  const lockfile = JSON.parse(text) as { version: string; packages: Record<string, { version: string }> };
  lockfile.version = version;
  const [own] = Object.values(lockfile.packages);
  if (own !== undefined) own.version = version;
  return `${JSON.stringify(lockfile, null, 2)}\n`;
});

/** Brings a file up to date, or says that it is not. */
async function bring(name: string, edit: (text: string) => string): Promise<void> {
  const file = join(SHIPPED.root, name);
  const text = await readFile(file, 'utf8');
  const edited = edit(text);
  if (edited === text) return;
  if (!process.argv.includes('--check')) {
    await writeFile(file, edited);
  } else {
    console.error(`${name} names another version than ${version}: run \`npx tsx scripts/write-version.ts\``);
    process.exitCode = 1;
  }
}
