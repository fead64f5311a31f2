import { existsSync, type Stats } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { messageOf, UsageError } from '../errors.ts';
import { PROJECT_ROOT } from '../project.ts';
import { isScratchFolder, makeScratchFolder } from '../scratch-folder.ts';
import { printable } from '../text/printable.ts';

/** What may be copied of a submission's folder. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 5_000;
const NOT_COPIED = new Set(['node_modules', '.git']);

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
 * Throws UsageError where the script's folder is too large to be a submission.
 */
export async function makeWorkspace(scriptPath: string, cli: string | undefined): Promise<Workspace> {
  const source = dirname(scriptPath);
  const scriptIn = (folder: string) => join(folder, 'submission', basename(scriptPath));
  const scratch = await makeScratchFolder(async (folder) => {
    const submission = join(folder, 'submission');
    await Promise.all(['bin', 'home', 'tmp', 'node_modules'].map((name) => mkdir(join(folder, name))));
    await allSettled([
      copySubmission(source, submission),
      writeClients(join(folder, 'bin'), cli),
      symlink(process.execPath, join(folder, 'bin', 'node')),
      linkPackage('iovalkey', join(folder, 'node_modules')),
    ]);
    await Promise.all([linkModules(source, submission), declareModuleType(scriptIn(folder))]);
  });
  const { path: folder, remove } = scratch;
  return { folder, submission: join(folder, 'submission'), script: scriptIn(folder), remove };
}

/** Waits for all, also where one fails: then nothing goes on in the background. */
async function allSettled(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}

/**
 * Copies a submission's folder, without node_modules and .git, and without what is neither file, folder nor
 * link. Throws UsageError where the folder is too large to be a submission, or cannot be read.
 */
export async function copySubmission(source: string, target: string): Promise<void> {
  try {
    await checkSize(source);
    await mkdir(target, { recursive: true });
    // One by one: a script in the folder for temporary files has the copy beside it.
    for (const name of await readdir(source)) await copyEntry(join(source, name), join(target, name));
  } catch (error) {
    // ENOENT: a name that is no UTF-8 cannot be asked for.
    if (!['EACCES', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new UsageError(
      `The script's folder cannot be copied: ${printable(messageOf(error))}\nPut the script in a folder of its own.`,
      { cause: error },
    );
  }
}

async function copyEntry(source: string, target: string): Promise<void> {
  const isCopied = async (path: string) => !isLeftOut(basename(path)) && canBeCopied(await lstat(path));
  if (!(await isCopied(source))) return;
  await cp(source, target, { recursive: true, verbatimSymlinks: true, filter: isCopied });
}

function isLeftOut(name: string): boolean {
  return NOT_COPIED.has(name) || isScratchFolder(name);
}

function canBeCopied(found: Stats): boolean {
  return found.isFile() || found.isDirectory() || found.isSymbolicLink();
}

/** Refuses a folder that is no submission, such as somebody's home, before it is copied. */
async function checkSize(source: string): Promise<void> {
  let bytes = 0;
  let files = 0;
  const folders = [source];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (isLeftOut(entry.name)) continue;
      const path = join(folder, entry.name);
      files += 1;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) bytes += (await stat(path)).size;
      if (bytes > MAX_BYTES || files > MAX_FILES) {
        throw new UsageError(
          `The script's folder is too large to be copied (more than ${MAX_BYTES / 1024 / 1024} MiB or ${MAX_FILES} files): ${source}\nPut the script in a folder of its own.`,
        );
      }
    }
  }
}

/** Programs named valkey-cli and redis-cli that talk to the grading server unless told otherwise. */
async function writeClients(bin: string, cli: string | undefined): Promise<void> {
  const client = cli ? quoteForShell(cli) : ownClient();
  const starter = `#!/bin/sh\nexec ${client} -h "$VALKEY_HOST" -p "$VALKEY_PORT" "$@"\n`;
  for (const name of ['valkey-cli', 'redis-cli']) {
    await writeFile(join(bin, name), starter);
    await chmod(join(bin, name), 0o755);
  }
}

/** Our own client, for machines that have none. */
function ownClient(): string {
  return `${quoteForShell(process.execPath)} ${quoteForShell(join(PROJECT_ROOT, 'dist', 'valkey-cli.js'))}`;
}

async function linkPackage(name: string, modules: string): Promise<void> {
  const entry = createRequire(join(PROJECT_ROOT, 'package.json')).resolve(`${name}/package.json`);
  await symlink(dirname(entry), join(modules, name));
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

/** TypeScript with import or export is a module, also where no package.json says so. */
export async function declareModuleType(script: string): Promise<void> {
  const manifest = join(dirname(script), 'package.json');
  if (!script.endsWith('.ts') || existsSync(manifest)) return;
  if (/^\s*(import|export)\b/m.test(await readFile(script, 'utf8'))) {
    await writeFile(manifest, '{ "type": "module" }\n');
  }
}

function quoteForShell(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
