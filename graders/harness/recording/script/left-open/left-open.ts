import { randomBytes } from 'node:crypto';
import type { AtRest } from '../sandbox.ts';
import { MarkFilter } from './mark-filter.ts';
import { watchSource } from './watch-source.ts';

/** How often in a row the server must say the same of the connections while the script is at rest. */
const AGREED = 3;

/** What a run of a script by Node needs, so that a client left open does not have it wait for its time limit. */
export interface LeftOpenWatch {
  /** The text of the module that Node is to load before the script. */
  readonly source: string;
  /** What the module writes to stderr, which nobody else knows. */
  readonly mark: string;
}

/** The name of the file for the module, beside the folder of a submission. */
export const WATCH_FILE = 'left-open.cjs';

/** A watch for one run; undefined for a command that is not Node's. */
export function leftOpenWatch([program]: readonly string[]): LeftOpenWatch | undefined {
  if (program !== 'node') return undefined;
  const mark = `\0left open ${randomBytes(16).toString('hex')}\0`;
  return { source: watchSource(mark), mark };
}

/** The command of Node with the module at `path` loaded before the script. */
export function watched(
  [program, ...args]: readonly [string, ...string[]],
  path: string,
): [string, ...string[]] {
  return [program, '--require', path, ...args];
}

/**
 * Reads stderr of a watched run, and calls `leftOpen` once it is certain that nothing will happen any more: the script
 * says that it only has connections to the server, and the server, that it has nothing to send over them.
 */
export function leftOpenFilter({ mark }: LeftOpenWatch, atRest: AtRest, leftOpen: () => void): MarkFilter {
  let last: string | null = null;
  let agreed = 0;
  let isAsked = false;
  const ask = async () => {
    const now = await atRest();
    agreed = now === null ? 0 : now === last ? agreed + 1 : 1;
    last = now;
    isAsked = false;
    if (agreed === AGREED) leftOpen();
  };
  return new MarkFilter(mark, () => {
    if (isAsked) return;
    isAsked = true;
    void ask();
  });
}
