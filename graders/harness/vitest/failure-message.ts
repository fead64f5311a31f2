import type { CheckReport } from '../report/report.ts';
import { storyText } from '../report/story.ts';
import { count } from '../text/count.ts';
import { withoutWorkflowCommands } from '../text/workflow-commands.ts';
import { plainError, type ScriptPlace } from './plain-error.ts';

/**
 * The error of a check that did not pass: what was expected and found, the commands that matter and the hint.
 * It leads to the line of the script that had to do with it, where that is one alone.
 */
export function checkError(check: CheckReport, scriptPath: string | undefined): Error {
  const story = withoutWorkflowCommands(storyText(check));
  return check.status === 'error'
    ? plainError('Not judged', `${story}\nThat is not your fault: please report it.`)
    : plainError(`${check.score} of ${count(check.maxScore, 'point')}`, story, placesOf(check, scriptPath));
}

function placesOf({ failure }: CheckReport, path: string | undefined): ScriptPlace[] {
  const lines = new Set(failure?.commands.map(({ line }) => line));
  const [line = null] = lines;
  return path === undefined || line === null || lines.size > 1 ? [] : [{ path, line }];
}
