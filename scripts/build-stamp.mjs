// Tells whether a build would change anything: `npm run grade` and the tests build first, mostly for nothing.
// It is synchronous, since a thousand promises take longer than a thousand looks at a file.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.cache', 'keyspace-grader', 'build.json');

/** Whatever the bundles are made of; packages by their versions in the lockfile. */
const INPUTS = [
  'graders',
  'scripts',
  'challenges/missions.yaml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** What the bundles are made of now, as a digest: each file's name, size and time of its last change. */
export function inputsDigest() {
  const hash = createHash('sha256').update(process.version);
  for (const path of INPUTS.flatMap((input) => filesAt(join(root, input))).sort()) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`\n${path}\0${size}\0${mtimeMs}`);
  }
  return hash.digest('hex');
}

/** True where the last build was made of these inputs, and all that it wrote is there still. */
export function isBuilt(digest) {
  const stamp = readStamp();
  if (stamp?.inputs !== digest) return false;
  return stamp.files.every(({ path, size }) => statSync(path, { throwIfNoEntry: false })?.size === size);
}

/** @param {string} inputs @param {{ path: string, contents: Uint8Array }[]} files */
export function noteBuild(inputs, files) {
  const sizes = files.map(({ path, contents }) => ({ path, size: contents.length }));
  try {
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, JSON.stringify({ inputs, files: sizes }));
  } catch {
    // Where node_modules may not be written to, the next build does it all again.
  }
}

/** Undefined where there is none, or half of one. */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function filesAt(path) {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
