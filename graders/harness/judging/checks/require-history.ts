import { showArgument } from '../../base/text/printable.ts';
import type { ReplayEnd } from '../../evidence/evidence.ts';
import { type Failure, VerdictError } from './finding.ts';
import type { RunView } from './run-view.ts';

/** A verdict depends on what commands did, and that cannot be told. */
class UnknownHistoryError extends VerdictError {
  readonly failure: Failure;

  constructor(expected: string, actual: string) {
    super(actual);
    this.failure = { passed: false, expected, actual };
  }
}

/** A check asks for what was not recorded: the evidence was made for another grader. */
export class NotRecordedError extends Error {
  constructor(commands: readonly string[]) {
    super(
      `the evidence does not tell what becomes of \`${commands.join('; ')}\` in between: grade the submission again`,
    );
  }
}

/** Why it is not known what the commands of a script did. */
const ENDS: Record<Exclude<ReplayEnd, 'end' | 'too large'>, [expected: string, actual: string]> = {
  gap: [
    'few enough commands, and short enough ones, for all of them to be kept',
    'so many commands ran, or such long ones, that not all were kept: what they did cannot be told',
  ],
  'too many commands': [
    'few enough commands to run all of them once more',
    'so many commands ran that what each of them did was not looked at',
  ],
  'too long': [
    'commands that do not keep the server busy for seconds',
    'the server worked for so long that what each command did was not looked at',
  ],
  'no answer': [
    'a server that answers when the commands are run once more',
    'when the commands were run once more to see what each of them did, the server did not answer',
  ],
};

/**
 * Requires that it is known how keys of database 0 came to what they hold. Throws an error that makes a failure of
 * the check, which says why: nobody gains by a script that does another thing each time.
 *
 * @param until How far it must be known; how far that of the run is, where it is left out.
 */
export function requireHistory(run: RunView, keys: readonly string[], until?: ReplayEnd): void {
  const end = until ?? run.evidence.replay?.until ?? 'no answer';
  if (end !== 'end' && end !== 'too large') throw new UnknownHistoryError(...ENDS[end]);
  const unknown = keys.find((key) => !run.history.knows(key));
  if (unknown === undefined) return;
  throw new UnknownHistoryError(
    `commands that do the same to ${showArgument(unknown)} when they are run once more`,
    `when the commands were run once more, ${showArgument(unknown)} came out another way, or there was too much of it: what each command did to it cannot be told`,
  );
}
