import { setMaxListeners } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../../base/cache-folder.ts';
import { trackCleanup } from '../../../base/cleanup.ts';
import { InfrastructureError, messageOf } from '../../../base/errors.ts';
import { ownerState, ownerToken } from '../../../base/owner.ts';
import { runProgram } from '../../../base/run-program.ts';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { endStrayProcesses } from '../../../base/stray-processes.ts';
import { which } from '../../../base/which.ts';
import type { Notify } from '../engine.ts';
import { type AptSource, aptSource } from './apt-source.ts';
import type { LocalValkey } from './local-valkey.ts';

/**
 * Valkey and the libraries that it is linked with, down to the C library: the server is started with its
 * own loader, so that it runs on a release that is older than the package.
 */
const PACKAGES = [
  'valkey-server',
  'valkey-tools',
  'libatomic1',
  'libc6',
  'libcap2',
  'libgcc-s1',
  'libjemalloc2',
  'liblzf1',
  'libssl3t64',
  'libstdc++6',
  'libsystemd0',
  'libzstd1',
  'zlib1g',
];

/** Raised when what is fetched or how it is started changes: an older folder is then left alone. */
const LAYOUT = 2;

/** How the folder's name begins in which packages are unpacked; its owner follows. */
const FETCHING = 'fetching-';

/** Valkey as fetched earlier; undefined where it was not. */
export function fetchedValkey(): LocalValkey | undefined {
  const bin = join(installFolder(), 'bin');
  const server = join(bin, 'valkey-server');
  return existsSync(server) ? { server, cli: join(bin, 'valkey-cli') } : undefined;
}

/** Why Valkey cannot be fetched on this machine; null where it can. */
export async function canFetch(): Promise<string | null> {
  for (const program of ['apt-get', 'dpkg-deb']) {
    if (!which(program)) return `fetching works on Debian and Ubuntu only (no ${program} here)`;
  }
  const source = await aptSource();
  return typeof source === 'string' ? source : null;
}

/**
 * Fetches Valkey and its libraries as packages, signature-checked by apt, and unpacks them in the cache
 * folder. Needs no root, and touches neither the system's packages nor its lists.
 * Throws InfrastructureError. Two processes may do it at once: the first to finish wins.
 */
export async function fetchValkey(notify: Notify): Promise<LocalValkey> {
  const source = await aptSource();
  if (typeof source === 'string') throw new InfrastructureError(source);
  notify(`Fetching valkey-server once from ${source.description} into the cache folder (about 10 MB) …`);
  let remove: () => Promise<void> = async () => undefined;
  try {
    await mkdir(cacheFolder(), { recursive: true });
    await sweepFetching();
    const folder = mkdtempSync(join(cacheFolder(), `${FETCHING}${ownerToken()}.`));
    const stop = new AbortController();
    // Every program that is run goes on listening for as long as there is the signal.
    setMaxListeners(0, stop.signal);
    const fetching = fetchInto(folder, source, stop.signal);
    remove = trackCleanup(async () => {
      stop.abort();
      // What still runs would bring the folder back. Whoever waits for it is told what failed.
      await fetching.catch(() => undefined);
      await removeFolder(folder);
    });
    await fetching;
  } catch (error) {
    throw new InfrastructureError(
      `Fetching valkey-server failed: ${messageOf(error)}\nInstall it by hand (\`sudo apt-get install valkey\`) or start Docker.`,
      { cause: error },
    );
  } finally {
    await remove();
  }
  const fetched = fetchedValkey();
  if (!fetched) throw new InfrastructureError('Fetching valkey-server left no program behind.');
  return fetched;
}

/** Removes what dead runs left half fetched. */
async function sweepFetching(): Promise<void> {
  const names = await readdir(cacheFolder());
  const stale = names.filter(
    (name) => name.startsWith(FETCHING) && ownerState(name.slice(FETCHING.length)) === 'dead',
  );
  const folders = stale.map((name) => join(cacheFolder(), name));
  await endStrayProcesses(folders);
  // What cannot be removed is in nobody's way.
  await Promise.allSettled(folders.map(removeFolder));
}

async function fetchInto(folder: string, source: AptSource, signal: AbortSignal): Promise<void> {
  try {
    const own = await mkdtemp(join(folder, 'source-'));
    await download(own, source, signal);
    await unpack(own, signal);
    await install(own, signal);
  } catch (error) {
    if (!source.otherwise || signal.aborted) throw error;
    await fetchInto(folder, source.otherwise, signal);
  }
}

function installFolder(): string {
  return join(cacheFolder(), `valkey-${LAYOUT}-${process.arch}`);
}

/** The folder for temporary files of what is run: it goes with the rest. */
function temporaryIn(folder: string): string {
  return join(folder, 'tmp');
}

async function download(folder: string, source: AptSource, signal: AbortSignal): Promise<void> {
  const lists = join(folder, 'lists');
  const cache = join(folder, 'cache');
  const debs = join(folder, 'debs');
  await Promise.all(
    [join(lists, 'partial'), join(cache, 'archives', 'partial'), debs, temporaryIn(folder)].map((path) =>
      mkdir(path, { recursive: true }),
    ),
  );
  const options = [
    `Dir::State::Lists=${lists}`,
    `Dir::Cache=${cache}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=',
  ];
  if (source.list !== null) {
    const list = join(folder, 'sources.list');
    await writeFile(list, source.list);
    options.push(`Dir::Etc::SourceList=${list}`, 'Dir::Etc::SourceParts=/dev/null');
  }
  const apt = (command: string[]) =>
    run('apt-get', [...options.flatMap((option) => ['-o', option]), ...command], {
      folder,
      signal,
      cwd: debs,
    });
  await apt(['update', '-q']);
  await apt(['download', '-q', ...PACKAGES]);
}

async function unpack(folder: string, signal: AbortSignal): Promise<void> {
  const debs = join(folder, 'debs');
  for (const name of await readdir(debs)) {
    await run('dpkg-deb', ['-x', join(debs, name), join(folder, 'install')], { folder, signal });
  }
}

/** Writes starters for the programs and moves the whole to its place. */
async function install(folder: string, signal: AbortSignal): Promise<void> {
  const made = join(folder, 'install');
  const libraries = (await readdir(join(made, 'usr', 'lib'))).find((name) => name.endsWith('-linux-gnu'));
  if (!libraries) throw new Error('the packages hold no libraries');
  const loader = (await readdir(join(made, 'usr', 'lib', libraries))).find((name) =>
    /^ld-linux.*\.so/.test(name),
  );
  if (!loader) throw new Error('the packages hold no loader');
  await mkdir(join(made, 'bin'));
  for (const program of ['valkey-server', 'valkey-cli']) {
    const starter = join(made, 'bin', program);
    await writeFile(starter, starterScript(`usr/lib/${libraries}`, loader, program));
    await chmod(starter, 0o755);
  }
  // Prove it before anybody relies on it.
  await run(join(made, 'bin', 'valkey-server'), ['--version'], { folder, signal });
  try {
    await rename(made, installFolder());
  } catch (error) {
    // Another process was faster: its folder is as good.
    if (!fetchedValkey()) throw error;
  }
}

/** The server acts by the name it is called by, so the loader is told that name. */
function starterScript(libraries: string, loader: string, program: string): string {
  return `#!/bin/sh
root=\${0%/bin/*}
exec "$root/${libraries}/${loader}" --argv0 ${program} --library-path "$root/${libraries}" "$root/usr/bin/${program}" "$@"
`;
}

/** Where a program runs: in `folder`, or in the one of its folders that is named. */
interface Fetching {
  folder: string;
  signal: AbortSignal;
  cwd?: string;
}

async function run(
  program: string,
  args: string[],
  { folder, signal, cwd = folder }: Fetching,
): Promise<void> {
  signal.throwIfAborted();
  // apt leaves its temporary files behind when it is killed.
  const TMPDIR = temporaryIn(folder);
  const env = { ...process.env, TMPDIR, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const result = await runProgram(program, args, { signal, cwd, env });
  if (result.exitCode !== 0) {
    const lines = result.stderr
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('E:'));
    throw new Error(
      `${program} ${args.at(-1) ?? ''}: ${lines.join(' ') || result.stderr.trim() || `exit code ${result.exitCode}`}`,
    );
  }
}
