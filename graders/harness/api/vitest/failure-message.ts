import { count } from '../../base/text/count.ts';
import { withoutWorkflowCommands } from '../../base/text/workflow-commands.ts';
import { failureText } from '../../judging/report/failure-details.ts';
import type { CheckReport } from '../../judging/report/report.ts';
import { plainError, type ScriptPlace } from './plain-error.ts';

/**
 * The error of a check that did not pass: what was expected and found, the commands that matter and the hint.
 * It leads to the line of the script that had to do with it, where that is one alone.
 */
export function checkError(check: CheckReport, scriptPath: string | undefined): Error {
  const text = withoutWorkflowCommands(failureText(check));
  return check.status === 'error'
    ? plainError('Not judged', `${text}\nThat is not your fault: please report it.`)
    : plainError(`${check.score} of ${count(check.maxScore, 'point')}`, text, placesOf(check, scriptPath));
}

function placesOf({ failure }: CheckReport, path: string | undefined): ScriptPlace[] {
  const lines = new Set(failure?.commands.map(({ line }) => line));
  const [line = null] = lines;
  return path === undefined || line === null || lines.size > 1 ? [] : [{ path, line }];
}
