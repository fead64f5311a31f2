// Writes package.json and package-lock.json of the Node packages that learners' scripts may import into a
// folder, for `npm install` there. The versions are those of the project's own lock file.
// Usage: node modules.mjs <package-lock.json> <folder>
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A client library, and the loader of TypeScript. */
const PACKAGES = ['iovalkey', 'tsx'];

const [lockFile, folder] = process.argv.slice(2);
if (!lockFile || !folder) throw new Error('Usage: node modules.mjs <package-lock.json> <folder>');

const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
const dependencies = Object.fromEntries(
  PACKAGES.map((name) => [name, packages[`node_modules/${name}`].version]),
);
writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2));
// npm drops what the packages do not need and keeps the versions of what they do.
copyFileSync(lockFile, join(folder, 'package-lock.json'));
