import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { NotStartedError, UsageError } from '../../base/errors.ts';
import { ownCommand } from '../../base/text/own-command.ts';
import { printable } from '../../base/text/printable.ts';
import { knownExtensions, languageOf, shebangOf } from './languages.ts';
import { withOwnFiles } from './own-fault.ts';
import type { Script } from './script.ts';
import { isNearlySolution, isSolution, isSolutionInCapitals } from './solution-names.ts';

/** True for the fault of a submission that holds no script: any other of {@link findScript} is of one that was refused. */
export function tellsNoScript(fault: string): boolean {
  return fault.startsWith('There is no script for ');
}

/**
 * Finds the learner's script of a challenge. `path` is the script itself, or a folder: the script is then
 * its `solution.*`, or that of the challenge's own folder in it (`<challenge>/` or `challenges/<challenge>/`).
 * Throws NotStartedError where the folder holds no script yet, UsageError where the path or the script is
 * of no use.
 */
export async function findScript(challenge: string, path: string): Promise<Script> {
  const given = resolve(path);
  const shown = printable(path);
  const found = await stat(given).catch(() => undefined);
  if (!found) throw new UsageError(`There is no file or folder ${shown}`);
  if (!found.isDirectory()) return recognise(given, shown);
  const folders = ['.', join('challenges', challenge), challenge].map((folder) => join(given, folder));
  for (const isMeant of [isSolution, isSolutionInCapitals]) {
    for (const folder of folders) {
      const script = await solutionIn(folder, isMeant);
      if (script) return inside(given, script);
    }
  }
  const place = (await nearlyNamed(challenge, path, folders)) || (await elsewhere(challenge, given));
  throw new NotStartedError(
    `There is no script for ${challenge} in ${path === '.' ? 'this folder' : shown}.\n${place}` +
      `Expected a file solution.* (${knownExtensions()}) there, in ${challenge}/ or in challenges/${challenge}/, or name the script itself: \`${ownCommand('grade', challenge, 'my-script.sh')}\`.`,
  );
}

/** The script, where no folder on the way to it is a link that leads out of what was handed in. Throws UsageError. */
async function inside(given: string, script: Script): Promise<Script> {
  const [root, folder] = await Promise.all([given, dirname(script.path)].map((path) => realpath(path)));
  if (folder === root || folder?.startsWith(root + sep)) return script;
  throw new UsageError(
    `${printable(relative(given, script.path))} lies behind a link that leads out of the folder. Put the script itself there.`,
  );
}

/** A script whose name is nearly right, and what to do about it. Empty for none. */
async function nearlyNamed(challenge: string, path: string, folders: readonly string[]): Promise<string> {
  const found = folders.map(async (folder) => {
    const names = await namesIn(folder);
    return names
      .filter((name) => isNearlySolution(name) && languageOf(join(folder, name)) !== undefined)
      .map((name) => join(folder, name));
  });
  const [script] = (await Promise.all(found)).flat();
  if (script === undefined) return '';
  const named = printable(join(path, relative(resolve(path), script)));
  const command = ownCommand('grade', challenge, named);
  return `Did you mean ${printable(basename(script))}? Rename it to solution${extname(script)}, or name it: \`${command}\`.\n`;
}

/** Where else the script is: in a folder above, where one is that holds the challenges. Empty for nowhere. */
async function elsewhere(challenge: string, given: string): Promise<string> {
  for (let folder = dirname(given); dirname(folder) !== folder; folder = dirname(folder)) {
    const names = await namesIn(join(folder, 'challenges', challenge)).catch(() => []);
    if (!names.some(isSolution)) continue;
    const root = relative(process.cwd(), folder) || '.';
    return `There is one in a folder above: \`${ownCommand('grade', challenge, printable(root))}\`.\n`;
  }
  return '';
}

async function recognise(path: string, shown: string): Promise<Script> {
  await checkReadable(path, shown);
  const language = languageOf(path);
  const firstLine = shebangOf(path);
  if (language) {
    // The system would look for a program whose name ends with a carriage return.
    if (language.id === 'executable' && firstLine?.endsWith('\r'))
      throw new UsageError(
        `${shown} has Windows line ends: no system finds the program that its first line names.\nTake them away: \`perl -pi -e 's/\\r\\n/\\n/' ${shown}\`, or let your editor write LF.`,
      );
    return { path, name: basename(path), language };
  }
  if (firstLine !== undefined)
    throw new UsageError(
      `${shown} begins with ${printable(firstLine.trim())}, but has no execute bit.\nGive it one: \`chmod +x ${shown}\`, or name it with one of ${knownExtensions()}.`,
    );
  throw new UsageError(
    `${shown} is not a script that can be run: its name must end with one of ${knownExtensions()}, ` +
      'or it must be executable and begin with a line such as #!/usr/bin/env ruby.',
  );
}

/** A FIFO would be waited for; a folder, what may not be read and a link elsewhere are no scripts. */
async function checkReadable(path: string, shown: string): Promise<void> {
  const [found, folder, file] = await withOwnFiles(
    (reason) => `${shown} cannot be read: ${reason}`,
    async () => {
      await access(path, constants.R_OK);
      return Promise.all([stat(path), realpath(dirname(path)), realpath(path)]);
    },
  );
  if (!found.isFile()) throw new UsageError(`${shown} is not a plain file`);
  // What a link outside leads to is not the learner's to show.
  if (file.startsWith(folder + sep)) return;
  throw new UsageError(`${shown} is a link that leads out of its folder. Put the script itself there.`);
}

/** The one script in a folder that has such a name; undefined where the folder has none or is not there. */
async function solutionIn(folder: string, isMeant: (name: string) => boolean): Promise<Script | undefined> {
  const scripts: string[] = [];
  const others: string[] = [];
  for (const name of (await namesIn(folder)).filter(isMeant)) {
    const path = join(folder, name);
    // A link that leads nowhere is told below.
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) continue;
    const runnable = found?.isFile() && (await isReadable(path)) && languageOf(path) !== undefined;
    (runnable ? scripts : others).push(name);
  }
  if (scripts.length > 1) {
    throw new UsageError(
      `There is more than one solution: ${scripts.map(printable).join(', ')}. Keep one, or name the one to grade.`,
    );
  }
  // A solution.md beside the script is no matter, a solution.md alone is, and a Solution.md is another file.
  const name = scripts[0] ?? others.find(isSolution);
  return name === undefined ? undefined : recognise(join(folder, name), printable(name));
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await withOwnFiles(
    (reason) => `The folder cannot be read: ${reason}`,
    () =>
      readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (['ENOENT', 'ENOTDIR'].includes(error.code ?? '')) return [];
        throw error;
      }),
  );
  return names.sort();
}

function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
