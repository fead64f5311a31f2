import { runProgram } from '../../base/run-program.ts';
import { which } from '../../base/which.ts';
import type { ScriptLimits } from './limits.ts';

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

let namespacePrefix: Promise<Prefix | null> | undefined;

/**
 * What the system has to confine a process: limits (prlimit, of util-linux), and a namespace for its
 * processes (unshare), which some systems refuse to ordinary users. What is not there is left out.
 */
export async function confinement(limits: ScriptLimits): Promise<Confinement> {
  namespacePrefix ??= findNamespacePrefix();
  const namespace = await namespacePrefix;
  return { prefix: [...limitPrefix(limits), ...(namespace ?? [])], namespace: namespace !== null };
}

/**
 * What a process may reserve, as a multiple of the memory that a script may hold: Node 24 reserves half a
 * gigabyte for each of its threads and uses next to nothing of it.
 */
const RESERVED = 4;

function limitPrefix({ memoryBytes, fileBytes, processes }: ScriptLimits): Prefix {
  const program = which('prlimit');
  if (!program) return [];
  const options = [`--data=${RESERVED * memoryBytes}`, `--fsize=${fileBytes}`, '--nofile=1024', '--core=0'];
  // Counts all processes of the user, and does not bind root: the watch over the script's own counts there.
  if (process.getuid?.() !== 0) options.push(`--nproc=${processes + 2048}`);
  return [program, ...options];
}

/** The first process only waits for the script: it gets the signals that a first process ignores. */
const INIT: Prefix = ['/bin/sh', '-c', '"$@"; exit $?', 'sh'];

/** A user namespace: whoever is in it has no rights over processes outside, root neither. */
const OWN_USER: Prefix = ['--user', '--map-current-user'];

/**
 * Root gets a user namespace too: its script could else unmount its own /proc from over ours, and read the
 * environment and the memory of every process. Where root can have none, a process namespace alone still
 * ends what a script leaves running.
 */
async function findNamespacePrefix(): Promise<Prefix | null> {
  const program = which('unshare');
  if (!program) return null;
  const own = ['--pid', '--fork', '--kill-child', '--mount-proc'];
  for (const user of process.getuid?.() === 0 ? [OWN_USER, []] : [OWN_USER]) {
    const prefix = [program, ...user, ...own, ...INIT];
    // A shell that does nothing, which is there wherever a shell is.
    const { exitCode } = await runProgram(program, [...prefix.slice(1), '/bin/sh', '-c', ':']);
    if (exitCode === 0) return prefix;
  }
  return null;
}
