import { existsSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import { SubmissionLimits } from '../submission/limits.ts';
import { readScript } from '../submission/read-script.ts';
import type { ScriptPlace } from '../submission/script.ts';
import { copySubmission } from './copy-submission.ts';
import { ownParts } from './own-parts.ts';

/** A folder in which one run of a script takes place: a copy of the submission, and tools beside it. */
export interface Workspace {
  /** The temporary folder of the run. */
  folder: string;
  /** The copied submission: the script's working directory. */
  submission: string;
  /** The copied script. */
  script: string;
  remove(): Promise<void>;
}

/**
 * Makes a workspace for a script: its folder is copied (without node_modules and .git), `valkey-cli` and
 * `redis-cli` reach the grading server, and iovalkey can be imported.
 * `cli` is a valkey-cli of this machine; undefined to use our own.
 * Throws UsageError where the script's folder is too large to be a submission, InfrastructureError where a part of
 * ours is missing.
 */
export async function makeWorkspace(script: ScriptPlace, cli: string | undefined): Promise<Workspace> {
  const { path: scriptPath } = script;
  const { iovalkey, client } = ownParts();
  const source = dirname(scriptPath);
  const scriptIn = (folder: string) => join(folder, 'submission', basename(scriptPath));
  const scratch = await makeScratchFolder(async (folder) => {
    const submission = join(folder, 'submission');
    await Promise.all(['bin', 'home', 'tmp', 'node_modules'].map((name) => mkdir(join(folder, name))));
    await allSettled([
      copySubmission(script, submission),
      endModuleSearch(scriptPath, folder),
      writeClients(join(folder, 'bin'), cli ? [cli] : [process.execPath, client]),
      symlink(process.execPath, join(folder, 'bin', 'node')),
      symlink(iovalkey, join(folder, 'node_modules', 'iovalkey')),
    ]);
    await linkModules(source, submission);
  });
  const { path: folder, remove } = scratch;
  return { folder, submission: join(folder, 'submission'), script: scriptIn(folder), remove };
}

/** Waits for all, also where one fails: then nothing goes on in the background. */
async function allSettled(work: readonly Promise<void>[]): Promise<void> {
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

/** Packages that the learner installed beside or above the script are found as they are at home. */
async function linkModules(source: string, submission: string): Promise<void> {
  for (let folder = source; dirname(folder) !== folder; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) {
      await symlink(modules, join(submission, 'node_modules'));
      return;
    }
  }
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

function quoteForShell(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
