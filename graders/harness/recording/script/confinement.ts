import { basename, join } from 'node:path';
import { runProgram } from '../../base/run-program.ts';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import { which } from '../../base/which.ts';
import { hardLimits } from './hard-limits.ts';
import type { ScriptLimits } from './limits.ts';
import { makePrivateTmp, type PrivateTmp, privateTmpInit } from './private-tmp.ts';

/** A file of the shared folder that nobody else has. */
const MARK_FILE = `/tmp/keyspace-grader-${process.pid}`;

/** A program in front of a command, with its arguments. */
type Prefix = readonly string[];

/** How a process is kept within its bounds on this machine. */
export interface Confinement {
  /** Goes in front of the script's command. */
  prefix: Prefix;
  /**
   * True where the script has a process namespace of its own: when its first process ends, the system ends
   * every other, and none of them sees a process outside.
   */
  namespace: boolean;
}

let namespaces: Promise<Namespaces | null> | undefined;

/**
 * What the system has to confine a process: limits (prlimit, of util-linux), and a namespace for its
 * processes (unshare), which some systems refuse to ordinary users. What is not there is left out. With `tmp` the
 * script has a `/tmp` of its own, too, where there are namespaces.
 */
export async function confinement(limits: ScriptLimits, tmp?: PrivateTmp): Promise<Confinement> {
  namespaces ??= findNamespaces();
  const found = await namespaces;
  const limited = limitPrefix(limits);
  if (!found) return { prefix: limited, namespace: false };
  const init = tmp && found.mayMount ? privateTmpInit(tmp) : undefined;
  return { prefix: [...limited, ...namespacePrefix(found, init)], namespace: true };
}

/** True where scripts run side by side without seeing each other's `/tmp`. */
export async function hasPrivateTmp(): Promise<boolean> {
  namespaces ??= findNamespaces();
  return (await namespaces)?.mayMount ?? false;
}

/**
 * What a process may reserve, as a multiple of the memory that a script may hold: Node 24 reserves half a
 * gigabyte for each of its threads and uses next to nothing of it.
 */
const RESERVED = 4;

function limitPrefix({ memoryBytes, fileBytes, processes }: ScriptLimits): Prefix {
  const program = which('prlimit');
  if (!program) return [];
  const hard = hardLimits();
  const options = [
    `--data=${Math.min(RESERVED * memoryBytes, hard.data)}`,
    `--fsize=${Math.min(fileBytes, hard.fileBytes)}`,
    `--nofile=${Math.min(1024, hard.files)}`,
    '--core=0',
  ];
  // Counts all processes of the user, and does not bind root: the watch over the script's own counts there.
  if (process.getuid?.() !== 0) options.push(`--nproc=${Math.min(processes + 2048, hard.processes)}`);
  return [program, ...options];
}

/** The first process only waits for the script: it gets the signals that a first process ignores. */
const INIT: Prefix = ['/bin/sh', '-c', '"$@"; exit $?', 'sh'];

/** A user namespace: whoever is in it has no rights over processes outside, root neither. */
const OWN_USER: Prefix = ['--user', '--map-current-user'];

/** What this machine has for a process of its own. */
interface Namespaces {
  /** The path of unshare. */
  program: string;
  user: Prefix;
  /** True where the first process may put something in the place of a folder. */
  mayMount: boolean;
}

function namespacePrefix({ program, user }: Omit<Namespaces, 'mayMount'>, mounting?: Prefix): Prefix {
  const rights = mounting && user.length > 0 ? ['--keep-caps'] : [];
  const own = ['--pid', '--fork', '--kill-child', '--mount-proc'];
  return [program, ...user, ...rights, ...own, ...(mounting ?? INIT)];
}

/**
 * Root gets a user namespace too: its script could else unmount its own /proc from over ours, and read the
 * environment and the memory of every process. Where root can have none, a process namespace alone still
 * ends what a script leaves running.
 */
async function findNamespaces(): Promise<Namespaces | null> {
  const program = which('unshare');
  if (!program) return null;
  for (const user of process.getuid?.() === 0 ? [OWN_USER, []] : [OWN_USER]) {
    if (await mayMount({ program, user })) return { program, user, mayMount: true };
    // A shell that does nothing, which is there wherever a shell is.
    if (await runs(namespacePrefix({ program, user }), ['/bin/sh', '-c', ':']))
      return { program, user, mayMount: false };
  }
  return null;
}

/** Tries whether a folder can be put in the place of another one: security modules of some systems refuse it. */
async function mayMount(namespaces: Omit<Namespaces, 'mayMount'>): Promise<boolean> {
  const { path, remove } = await makeScratchFolder();
  try {
    const tmp = await makePrivateTmp(join(path, 'seen'), [path]);
    const init = privateTmpInit(tmp);
    // Nothing of what it sees there was in the shared one.
    const isSeen = `touch ${MARK_FILE} && test -e "$1/seen/${basename(MARK_FILE)}"`;
    return (
      init !== undefined &&
      (await runs(namespacePrefix(namespaces, init), ['/bin/sh', '-c', isSeen, 'sh', path]))
    );
  } finally {
    await remove();
  }
}

async function runs([program = '', ...prefix]: Prefix, command: Prefix): Promise<boolean> {
  return (await runProgram(program, [...prefix, ...command])).exitCode === 0;
}
