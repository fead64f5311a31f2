import { count } from '../../base/text/count.ts';
import { printableLines } from '../../base/text/printable.ts';
import { withoutWorkflowCommands } from '../../base/text/workflow-commands.ts';
import { failureText } from '../../judging/report/failure-details.ts';
import { causeText } from '../../judging/report/remarks.ts';
import type { CheckReport, Report } from '../../judging/report/report.ts';
import { plainError, type ScriptPlace } from './plain-error.ts';

/**
 * The error of a check that did not pass: what was expected and found, the commands that matter and the hint. Where no
 * command ran, it is what kept the script from its work. It leads to the line of the script that had to do with it,
 * where that is one alone.
 */
export function checkError(
  check: CheckReport,
  { causes = [], nothingRan }: Pick<Report, 'causes' | 'nothingRan'>,
  scriptPath: string | undefined,
): Error {
  const [cause] = causes;
  if (nothingRan && cause && check.status === 'failed') {
    const text = withoutWorkflowCommands(printableLines(causes.map(causeText).join('\n')));
    const places =
      scriptPath === undefined || cause.line === undefined ? [] : [{ path: scriptPath, line: cause.line }];
    return plainError(pointsOf(check), `fix this first: ${text}`, places);
  }
  const text = withoutWorkflowCommands(failureText(check));
  return check.status === 'error'
    ? plainError('Not judged', `${text}\nThat is not your fault: please report it.`)
    : plainError(pointsOf(check), text, placesOf(check, scriptPath));
}

function pointsOf({ score, maxScore }: CheckReport): string {
  return `${score} of ${count(maxScore, 'point')}`;
}

function placesOf({ failure }: CheckReport, path: string | undefined): ScriptPlace[] {
  const lines = new Set(failure?.commands.map(({ line }) => line));
  const [line = null] = lines;
  return path === undefined || line === null || lines.size > 1 ? [] : [{ path, line }];
}
