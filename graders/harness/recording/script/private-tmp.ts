import { mkdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join, sep } from 'node:path';
import { PROJECT_ROOT } from '../../base/project.ts';
import { scriptPath, which } from '../../base/which.ts';

/** Where programs put temporary files that they name themselves: `/tmp/keys.txt`. */
const SHARED = '/tmp';

/** What stands in the place of `/tmp` for one run of a script. */
export interface PrivateTmp {
  /** The folder that it sees there. */
  folder: string;
  /** Folders of the shared one that it needs all the same, such as the one in which the run takes place. */
  shown: readonly string[];
}

/**
 * Makes the folder that a run sees as `/tmp`: so runs side by side do not read each other's files. In it are mount
 * points for what lies in `/tmp` and is needed: `needed` are folders of the run, beside those of every run.
 */
export async function makePrivateTmp(folder: string, needed: readonly string[]): Promise<PrivateTmp> {
  const own = [PROJECT_ROOT, dirname(process.execPath), homedir(), process.env.VIRTUAL_ENV ?? ''];
  const folders = [...needed, ...own, ...scriptPath().split(delimiter)];
  // What is not there needs no place; a link needs one for itself and one for what it leads to.
  const places = folders.map((path) =>
    realpath(path).then(
      (real) => [path, real],
      () => [],
    ),
  );
  const shown = [...new Set((await Promise.all(places)).flat().flatMap(topFolder))];
  await mkdir(folder, { recursive: true });
  await Promise.all(shown.map((path) => mkdir(join(folder, basename(path)))));
  return { folder, shown };
}

/** The folder of `/tmp` that a folder is or lies in. */
function topFolder(path: string): string[] {
  const [top] = path.startsWith(SHARED + sep) ? path.slice(SHARED.length + 1).split(sep) : [];
  return top ? [join(SHARED, top)] : [];
}

/** Mounts, or runs the command all the same: what was tried before is not the script's fault. */
const MOUNT_AND_RUN =
  'mount=$1 tmp=$2; shift 2; ok=1; ' +
  'while [ "$1" != -- ]; do "$mount" -n --rbind "$1" "$2" 2>/dev/null || ok=; shift 2; done; shift; ' +
  `[ -z "$ok" ] || "$mount" -n --rbind "$tmp" ${SHARED} 2>/dev/null; "$@"; exit $?`;

/** Takes from a process the rights that a user namespace gave it. */
const NO_RIGHTS = ['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all'];

/**
 * The first process of a namespace, which gives the script its own `/tmp`; undefined where this machine lacks what it
 * takes. It must begin with the right to mount, which a script of somebody else than root does not get.
 */
export function privateTmpInit({ folder, shown }: PrivateTmp): string[] | undefined {
  const [mount, setpriv] = [which('mount'), which('setpriv')];
  if (!mount || !setpriv) return undefined;
  const drop = process.getuid?.() === 0 ? [] : [setpriv, ...NO_RIGHTS];
  const points = shown.flatMap((path) => [path, join(folder, basename(path))]);
  return ['/bin/sh', '-c', MOUNT_AND_RUN, 'sh', mount, folder, ...points, '--', ...drop];
}
