import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { NotStartedError, UsageError } from '../errors.ts';
import { knownExtensions, languageOf } from '../script/languages.ts';
import type { Script } from '../script/run-script.ts';

/**
 * Finds the learner's script of a challenge. `path` is the script itself, or a folder: the script is then
 * its `solution.*`, or that of the challenge's own folder in it (`<challenge>/` or `challenges/<challenge>/`).
 * Throws NotStartedError where the folder holds no script yet, UsageError where the path or the script is
 * of no use.
 */
export async function findScript(challenge: string, path: string): Promise<Script> {
  const given = resolve(path);
  const found = await stat(given).catch(() => undefined);
  if (!found) throw new UsageError(`There is no file or folder ${path}`);
  if (!found.isDirectory()) return recognise(given, path);
  const folders = ['.', join('challenges', challenge), challenge].map((folder) => join(given, folder));
  for (const folder of folders) {
    const script = await solutionIn(folder);
    if (script) return script;
  }
  throw new NotStartedError(
    `There is no script for ${challenge} in ${path === '.' ? 'this folder' : path}.\n` +
      `Expected a file solution.* (${knownExtensions()}) there, in ${challenge}/ or in challenges/${challenge}/, or name the script itself.`,
  );
}

function recognise(path: string, shown: string): Script {
  const language = languageOf(path);
  if (language) return { path, name: basename(path), language };
  throw new UsageError(
    `${shown} is not a script that can be run: its name must end with one of ${knownExtensions()}, ` +
      'or it must be executable and begin with a line such as #!/usr/bin/env ruby.',
  );
}

/** The one solution in a folder; undefined where the folder has none or is not there. */
async function solutionIn(folder: string): Promise<Script | undefined> {
  const names = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const candidates = names
    .filter((entry) => !entry.isDirectory() && /^solution(?:\.|$)/.test(entry.name))
    .map(({ name }) => ({ name, path: join(folder, name) }));
  const scripts = candidates.flatMap(({ name, path }): Script[] => {
    const language = languageOf(path);
    return language ? [{ path, name, language }] : [];
  });
  const [script, second] = scripts;
  if (script && second) {
    const all = scripts.map(({ name }) => name).sort();
    throw new UsageError(
      `There is more than one solution: ${all.join(', ')}. Keep one, or name the one to grade.`,
    );
  }
  const [unknown] = candidates;
  if (!script && unknown) return recognise(unknown.path, unknown.name);
  return script;
}
