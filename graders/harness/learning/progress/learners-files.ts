import { HINTS_NAME } from '../../challenges/hints/taken.ts';

/** False for what editors keep beside a file while it is written, and for what we write. */
export function isLearners(name: string): boolean {
  return !/^\.|~$|\.(?:sw.|tmp|bak|orig)$|^#.*#$|^4913$/.test(name) && name !== HINTS_NAME;
}
