import { editDistance } from '../../base/text/nearest.ts';

/** A name that is longer or shorter by more is not compared: it may be as long as a learner likes. */
const LONGER = 8;

/**
 * True for a name that is most likely a slip of the pen: other letter cases and separators, or few other characters, in
 * each part between colons. Names that differ in digits alone are meant to differ: `session:1`, `session:2`.
 */
export function isMisspelt(wanted: string, found: string): boolean {
  if (wanted === found || Math.abs(wanted.length - found.length) > LONGER) return false;
  if (plain(wanted) === plain(found)) return true;
  if (wanted.replaceAll(/\d+/g, '0') === found.replaceAll(/\d+/g, '0')) return false;
  const [parts, others] = [wanted, found].map((name) => name.toLowerCase().split(':'));
  return (
    isNear(wanted.toLowerCase(), found.toLowerCase()) &&
    (parts?.length !== others?.length ||
      parts?.every((part, index) => isNear(part, others?.[index] ?? '')) === true)
  );
}

function isNear(wanted: string, found: string): boolean {
  const bound = wanted.length <= 5 ? 1 : wanted.length <= 12 ? 2 : 3;
  return Math.abs(wanted.length - found.length) <= bound && editDistance(wanted, found) <= bound;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
