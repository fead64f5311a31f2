import { scoreTable } from '../report/console.ts';
import type { Report } from '../report/report.ts';
import { printable, printableLines } from '../text/printable.ts';
import { withoutWorkflowCommands } from '../text/workflow-commands.ts';

/** What is good to know of the runs, a line for each challenge, and what they come to. */
export function totalText(reports: readonly Report[]): string {
  const notes = reports.flatMap(({ challenge, notes }) =>
    notes.map((note) => `  ${printable(challenge.id)}: ${printableLines(note)}\n`),
  );
  return withoutWorkflowCommands(
    [...notes, ...(notes.length > 0 ? ['\n'] : []), scoreTable(reports, false)].join(''),
  );
}
