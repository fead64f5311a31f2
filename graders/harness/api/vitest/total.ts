import { printable, printableLines } from '../../base/text/printable.ts';
import { withoutWorkflowCommands } from '../../base/text/workflow-commands.ts';
import type { Report } from '../../judging/report/report.ts';
import { scoreTable } from '../../reports/console.ts';

/** What is good to know of the runs, a line for each challenge, and what they come to. */
export function totalText(reports: readonly Report[]): string {
  const notes = reports.flatMap(({ challenge, notes }) =>
    notes.map((note) => `  ${printable(challenge.id)}: ${printableLines(note)}\n`),
  );
  return withoutWorkflowCommands(
    [...notes, ...(notes.length > 0 ? ['\n'] : []), scoreTable(reports, false)].join(''),
  );
}
