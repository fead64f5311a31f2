import { existsSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import { quoteForShell } from '../../base/text/quote-for-shell.ts';
import { SubmissionLimits } from '../submission/limits.ts';
import { readScript } from '../submission/read-script.ts';
import type { ScriptPlace } from '../submission/script.ts';
import { type Copied, copySubmission } from './copy-submission.ts';
import { ownParts } from './own-parts.ts';

/** A folder in which one run of a script takes place: a copy of the submission, and tools beside it. */
export interface Workspace {
  /** The temporary folder of the run. */
  folder: string;
  /** The copied submission: the script's working directory. */
  submission: string;
  /** The copied script. */
  script: string;
  /** What in the copy is a link to packages of the learner's. */
  linked: readonly string[];
  /** What lies beside the script and was not copied. */
  leftBehind: Copied['leftBehind'];
  remove(): Promise<void>;
}

/**
 * Makes a workspace for a script: its folder is copied as far as there is room, `valkey-cli` and
 * `redis-cli` reach the grading server, and iovalkey can be imported.
 * `cli` is a valkey-cli of this machine; undefined to use our own.
 * Throws UsageError if the script itself cannot be copied, InfrastructureError if a part of ours is missing.
 */
export async function makeWorkspace(script: ScriptPlace, cli: string | undefined): Promise<Workspace> {
  const { path: scriptPath } = script;
  const { iovalkey, client } = ownParts();
  const source = dirname(scriptPath);
  const scriptIn = (folder: string) => join(folder, 'submission', basename(scriptPath));
  const scratch = await makeScratchFolder(async (folder) => {
    const submission = join(folder, 'submission');
    await Promise.all(['bin', 'home', 'tmp', 'node_modules'].map((name) => mkdir(join(folder, name))));
    const copying = copySubmission(script, submission);
    await allSettled([
      copying,
      endModuleSearch(scriptPath, folder),
      writeClients(join(folder, 'bin'), cli ? [cli] : [process.execPath, client]),
      symlink(process.execPath, join(folder, 'bin', 'node')),
      symlink(iovalkey, join(folder, 'node_modules', 'iovalkey')),
    ]);
    const { leftBehind, environments } = await copying;
    const linked = await linkPackages(source, submission, environments);
    return { leftBehind, linked };
  }, 'programs');
  const { path: folder, remove, filled } = scratch;
  return { folder, submission: join(folder, 'submission'), script: scriptIn(folder), remove, ...filled };
}

/** Waits for all, also where one fails: then nothing goes on in the background. */
async function allSettled(work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}

/** Programs named valkey-cli and redis-cli that talk to the grading server unless told otherwise. */
async function writeClients(bin: string, client: readonly string[]): Promise<void> {
  const starter = `#!/bin/sh\nexec ${client.map(quoteForShell).join(' ')} -h "$VALKEY_HOST" -p "$VALKEY_PORT" "$@"\n`;
  for (const name of ['valkey-cli', 'redis-cli']) {
    await writeFile(join(bin, name), starter);
    await chmod(join(bin, name), 0o755);
  }
}

/**
 * Packages that the learner installed are found as they are at home: for Node beside or above the script, for Python in
 * environments beside it that are too large to be copied. Returns the links.
 */
async function linkPackages(
  source: string,
  submission: string,
  environments: readonly string[],
): Promise<string[]> {
  const modules = modulesFor(source);
  const links = [
    ...(modules === undefined ? [] : [[modules, 'node_modules'] as const]),
    ...environments.map((name) => [join(source, name), name] as const),
  ];
  return Promise.all(
    links.map(async ([path, name]) => {
      const link = join(submission, name);
      await symlink(path, link);
      return link;
    }),
  );
}

function modulesFor(source: string): string | undefined {
  for (let folder = source; dirname(folder) !== folder; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) return modules;
  }
  return undefined;
}

/** The name of the file in which Node looks for the type of a module, in its folder and in every one above. */
export const MANIFEST = 'package.json';

/**
 * Ends Node's search for a package.json in the folder around a copied submission: what others left above it
 * decides nothing. TypeScript with import or export is a module where no package.json of its own says otherwise.
 * Nothing is written into the copy, where a link could lead anywhere.
 */
export async function endModuleSearch(scriptPath: string, folder: string): Promise<void> {
  const type = (await isTypeScriptModule(scriptPath)) ? '{ "type": "module" }\n' : '{}\n';
  await writeFile(join(folder, MANIFEST), type, { flag: 'wx' });
}

async function isTypeScriptModule(scriptPath: string): Promise<boolean> {
  if (!scriptPath.endsWith('.ts')) return false;
  const bytes = await readScript(scriptPath, SubmissionLimits.folderBytes);
  // White space of this line alone: else, each of many empty lines would be searched to the last of them.
  return bytes !== null && /^[^\S\r\n\u2028\u2029]*(import|export)\b/m.test(bytes.toString());
}
