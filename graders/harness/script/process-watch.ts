import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const INTERVAL_MS = 100;

/**
 * Watches how many processes a script has, and calls back once when there are more than it may have: for
 * root, whom the system's own limit does not bind. `first` is the first process of the script's namespace.
 * Returns a function that ends the watch. Where there is no /proc nothing is watched.
 */
export function watchProcesses(first: number, limit: number, tooMany: () => void): () => void {
  let stopped = false;
  let atStart: number | undefined;
  const look = async () => {
    const pids = await processes();
    atStart ??= pids.length;
    // Cheap first: only where the machine has got many more is it worth asking whose they are.
    if (pids.length - atStart > limit / 2 && (await inSameNamespace(first, pids)) > limit && !stopped) {
      stop();
      tooMany();
    }
  };
  const timer = setInterval(() => void look(), INTERVAL_MS);
  const stop = () => {
    stopped = true;
    clearInterval(timer);
  };
  void look();
  return stop;
}

async function processes(): Promise<string[]> {
  const names = await readdir('/proc').catch(() => []);
  return names.filter((name) => /^\d+$/.test(name));
}

async function inSameNamespace(first: number, pids: readonly string[]): Promise<number> {
  // For its children: the namespace of `unshare` itself is ours.
  const namespace = await readlink(join('/proc', String(first), 'ns', 'pid_for_children')).catch(() => null);
  if (namespace === null) return 0;
  const links = await Promise.all(
    pids.map((pid) => readlink(join('/proc', pid, 'ns', 'pid')).catch(() => '')),
  );
  return links.filter((link) => link === namespace).length;
}
