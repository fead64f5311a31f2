import type { RunEvidence } from '../evidence/evidence.ts';
import { isEnough, type Known, knownOf } from '../evidence/left-out.ts';
import type { TraceQuestion } from '../evidence/trace-question.ts';
import type { Failure, Finding } from './finding.ts';
import { RunView } from './run-view.ts';

/** A verdict depends on commands that are not in the evidence. */
class NotKnownError extends Error {}

/**
 * Says that what follows depends on the answer of a question. Throws NotKnownError where the trace does not hold
 * as much as that needs: the check fails then, and says why.
 */
export function mustKnow(run: RunView, question: TraceQuestion, needed: Known = 'repeats'): void {
  if (!isEnough(knownOf(run.run.trace, question), needed)) throw new NotKnownError(question.id);
}

/** What a check finds, or that it cannot tell: nobody gains by a flood of commands. */
export function asFarAsKnown(judge: () => Finding): Finding {
  try {
    return judge();
  } catch (error) {
    if (error instanceof NotKnownError) return NOT_KNOWN;
    throw error;
  }
}

/** A run for checks that nobody knows the questions of: where commands were left out, they cannot look at the trace. */
export function withWholeTrace(view: RunView): RunView {
  const { entries, total } = view.run.trace;
  if (total === entries.length) return view;
  const run: RunEvidence = {
    ...view.run,
    get trace(): never {
      throw new NotKnownError('all commands');
    },
  };
  const main = view.main === view.run ? [] : [view.main];
  return new RunView({ script: { text: view.source, language: view.language }, runs: [run, ...main] }, run);
}

const NOT_KNOWN: Failure = {
  passed: false,
  expected: 'few enough commands for all those that matter here to be kept',
  actual:
    'so many commands ran that not all of those that matter here were kept: what they did cannot be told',
};
