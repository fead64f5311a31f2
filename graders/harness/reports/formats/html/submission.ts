import type { CheckReport } from '../../../judging/report/report.ts';
import type { GradedSubmission } from '../format.ts';

/** One graded submission as the page shows it. */
export interface PageSubmission extends GradedSubmission {
  /** What the ids of its elements begin with: a page may show several submissions. */
  prefix: string;
  /** The level of the heading that names the challenge. */
  level: 1 | 2;
  /** How many bytes the history of each of its runs may take. */
  historyRoom: number;
}

/** The id of a check's element; checks are told by their position. */
export function checkId({ prefix }: PageSubmission, position: number): string {
  return `${prefix}-check-${position + 1}`;
}

/** The id of a command in the trace of a run; runs are told by their position in the evidence. */
export function commandId({ prefix }: PageSubmission, run: number, index: number): string {
  return `${prefix}-run-${run}-command-${index + 1}`;
}

/** The id of a line of the script. */
export function lineId({ prefix }: PageSubmission, line: number): string {
  return `${prefix}-line-${line}`;
}

/** A check that names a command or a line. */
export interface Mark {
  id: string;
  check: CheckReport;
  /** What the command did; null where that is not told. */
  effect: string | null;
}

/** The commands of a run that checks name, by their index in its trace. */
export function markedCommands(submission: PageSubmission, variant: string | null): Map<number, Mark[]> {
  return marks(submission, ({ index }, check) =>
    (check.variant?.id ?? null) === variant ? (index ?? null) : null,
  );
}

/** The lines of the script that checks name. */
export function markedLines(submission: PageSubmission): Map<number, Mark[]> {
  return marks(submission, ({ line }) => line);
}

type Command = NonNullable<CheckReport['failure']>['commands'][number];

function marks(
  submission: PageSubmission,
  placeOf: (command: Command, check: CheckReport) => number | null,
): Map<number, Mark[]> {
  const found = new Map<number, Mark[]>();
  submission.report.checks.forEach((check, position) => {
    const id = checkId(submission, position);
    for (const command of check.failure?.commands ?? []) {
      const place = placeOf(command, check);
      const others = place === null ? [] : (found.get(place) ?? []);
      // A check may name one command, or one line, several times.
      if (place === null || others.some((other) => other.id === id)) continue;
      found.set(place, [...others, { id, check, effect: command.effect }]);
    }
  });
  return found;
}
