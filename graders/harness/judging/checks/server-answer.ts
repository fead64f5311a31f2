import type { Answer, ServerQuestion } from '../../evidence/answers.ts';
import type { RunView } from './run-view.ts';

/** The evidence does not hold what the server would have answered: it was recorded for another grader. */
class NotAskedError extends Error {
  constructor(command: string) {
    super(`the evidence does not tell what the server answers to \`${command}\`: grade the submission again`);
  }
}

/** What the server answered a check. Throws an error, which costs nobody points, if it was not asked. */
export function answerTo(run: RunView, { command, db }: ServerQuestion): Answer {
  const found = run.evidence.answers?.find((one) => one.command === command && one.db === db);
  if (!found) throw new NotAskedError(command);
  return found;
}
