import { count, shortList } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { BatchSubmission, FoundSubmissions } from '../submission.ts';

/** What an instructor should know of what was found, a line each: who is not on the roster, late, or not as committed. */
export function describeFound({ submissions, offRoster = [], missing = [] }: FoundSubmissions): string[] {
  const late = submissions.filter(({ commit }) => (commit?.late ?? 0) > 0);
  const changed = submissions.filter(({ commit }) => commit?.changed);
  return [
    ...line(
      offRoster.map(printable),
      (number) => `${number} not on the roster, and so not in canvas.csv and moodle.csv`,
    ),
    ...line(late.map(howLate), (number) => `${number} with commits after the deadline`),
    ...line(
      changed.map(({ id }) => printable(id)),
      (number) => `${number} graded with changes that are not committed`,
    ),
    ...line(
      missing.map(({ id, reason }) => `${printable(id)} (${printable(reason)})`),
      (number) => `${count(number, 'repository', 'repositories')} with nothing to grade`,
    ),
  ];
}

function line(names: readonly string[], title: (number: number) => string): string[] {
  return names.length === 0 ? [] : [`${title(names.length)}: ${shortList(names)}`];
}

function howLate({ id, commit }: BatchSubmission): string {
  return `${printable(id)} by ${duration(commit?.late ?? 0)}`;
}

/** Seconds in the two largest units that matter: `2 d 3 h`, `5 min`. */
export function duration(seconds: number): string {
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const first = units.findIndex(([, size]) => seconds >= size);
  let left = seconds;
  const parts = units.slice(Math.max(0, first)).map(([unit, size]) => {
    const number = Math.floor(left / size);
    left -= number * size;
    return { text: `${number} ${unit}`, number };
  });
  const shown = parts.slice(0, 2).filter(({ number }) => number > 0);
  return shown.map(({ text }) => text).join(' ') || '0 s';
}
