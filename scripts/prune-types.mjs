// Removes the declarations that no entry of package.json's `exports` leads to: tsc writes those of every module
// that the code imports, and most are of what goes on inside.
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { root } from './bundling.mjs';

const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const kept = new Set();
for (const { types } of Object.values(exports)) if (types) await keep(join(root, types));

const folder = join(root, 'dist', 'types');
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !kept.has(path)) await rm(path);
}

/** @param {string} path */
async function keep(path) {
  if (kept.has(path)) return;
  kept.add(path);
  const text = await readFile(path, 'utf8');
  for (const [, module] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g))
    await keep(resolve(dirname(path), module.replace(/\.ts$/, '.d.ts')));
}
