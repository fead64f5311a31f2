import { printable, printableLines } from '../../base/text/printable.ts';
import { withoutWorkflowCommands } from '../../base/text/workflow-commands.ts';
import { remarksOn } from '../../judging/report/remarks.ts';
import type { Report } from '../../judging/report/report.ts';
import { scoreTable } from '../../reports/console.ts';

/** What kept scripts from their work and what is good to know of the runs, line by line, and what they come to. */
export function totalText(reports: readonly Report[]): string {
  const notes = reports.flatMap((report) =>
    remarksOn(report).map((remark) => `  ${printable(report.challenge.id)}: ${printableLines(remark)}\n`),
  );
  return withoutWorkflowCommands(
    [...notes, ...(notes.length > 0 ? ['\n'] : []), scoreTable(reports, false)].join(''),
  );
}
