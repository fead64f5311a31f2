import { editDistance } from '../../base/text/nearest.ts';

/** True for the name of a learner's script: `solution`, or `solution.` with any extension. */
export function isSolution(name: string): boolean {
  return /^solution(?:\.|$)/.test(name);
}

/** True for such a name in other capitals, which some systems do not tell apart. */
export function isSolutionInCapitals(name: string): boolean {
  return isSolution(name.toLowerCase());
}

/** True for what is probably meant as one: `solution (1).valkey`, `my-solution.py`, `soluton.sh`. */
export function isNearlySolution(name: string): boolean {
  const [stem = ''] = name.toLowerCase().split('.');
  const letters = stem.replaceAll(/[^a-z]/g, '');
  return letters.includes('solution') || editDistance(letters, 'solution') <= 2;
}
