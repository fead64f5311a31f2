// Bundles contain parts of others' packages. Their licences ask for one thing: that they go along.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './bundling.mjs';

/** The folder of a package, and its name. */
const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;
const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * The licences of all packages of which something is in these bundles, as a file to be written into their folder.
 * @param {string} folder
 * @param {import('esbuild').Metafile[]} metafiles
 */
export async function licences(folder, ...metafiles) {
  const packages = new Map();
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const [, where, name] = PACKAGE.exec(path) ?? [];
        if (where !== undefined && bytesInOutput > 0) packages.set(where, name);
      }
  const entries = await Promise.all([...packages].map(([where, name]) => entry(join(root, where), name)));
  const text = ['The files in this folder contain parts of these packages.', ...new Set(entries.sort())];
  return {
    path: join(folder, 'THIRD-PARTY-LICENSES.txt'),
    contents: Buffer.from(`${text.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`),
  };
}

async function entry(where, name) {
  const manifest = JSON.parse(await readFile(join(where, 'package.json'), 'utf8'));
  const { version, author } = manifest;
  // Old packages have a list.
  const licence = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' or ');
  const files = (await readdir(where)).filter((file) => LICENCE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(where, file), 'utf8')));
  const by = typeof author === 'string' ? author : author?.name;
  const heading = [`${name} ${version}`, licence, by && `by ${by}`].filter(Boolean).join(', ');
  return [heading, ...texts.map((text) => text.replaceAll('\r\n', '\n').trim())].join('\n\n');
}
