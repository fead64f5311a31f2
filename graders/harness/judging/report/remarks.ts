import type { Cause } from './cause/cause.ts';
import type { Report } from './report.ts';

/** What is told of a run beside its checks, a text each, what kept the script from its work first. */
export function remarksOn({ causes = [], notes }: Pick<Report, 'causes' | 'notes'>): string[] {
  return [...causes.map(causeText), ...notes];
}

/** A cause as one text. */
export function causeText({ text, advice }: Cause): string {
  return advice === undefined ? text : `${text} ${advice}`;
}
