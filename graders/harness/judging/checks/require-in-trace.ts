import {
  type Completeness,
  completenessFor,
  hidesArguments,
  isAtLeast,
} from '../../evidence/completeness.ts';
import type { RunEvidence } from '../../evidence/evidence.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import { type Failure, type Finding, VerdictError } from './finding.ts';
import { RunView } from './run-view.ts';

/** A verdict depends on commands, or on arguments of commands, that are not in the evidence. */
class IncompleteTraceError extends VerdictError {
  readonly failure: Failure;

  constructor(question: string, { trace }: Pick<RunEvidence, 'trace'>) {
    super(question);
    // What there was too much of.
    this.failure = INCOMPLETE[trace.total > trace.entries.length ? 'commands' : 'arguments'];
  }
}

/**
 * Requires that the trace is complete with respect to a question, since what follows depends on its answer. Throws
 * IncompleteTraceError where it is not: {@link failIfIncomplete} makes a failure of that, which says why.
 */
export function requireInTrace(
  run: RunView,
  question: TraceQuestion,
  needed: Completeness = 'repeats',
): void {
  if (!isAtLeast(completenessFor(run.evidence.trace, question), needed))
    throw new IncompleteTraceError(question.id, run.evidence);
}

/** What a check finds; a failure where what it requires is not known: nobody gains by a flood of commands. */
export function failIfIncomplete(judge: () => Finding): Finding {
  try {
    return judge();
  } catch (error) {
    if (error instanceof VerdictError) return error.failure;
    throw error;
  }
}

/** A run for checks that nobody knows the questions of: where commands were left out, they cannot look at the trace. */
export function requireWholeTrace(view: RunView): RunView {
  const { entries, total } = view.evidence.trace;
  if (total === entries.length && !entries.some(hidesArguments)) return view;
  const run: RunEvidence = {
    ...view.evidence,
    get trace(): never {
      throw new IncompleteTraceError('all commands', view.evidence);
    },
  };
  const main = view.main === view.evidence ? [] : [view.main];
  return new RunView(
    { script: { text: view.source, language: view.language }, runs: [run, ...main] },
    run,
    view.asked,
  );
}

const INCOMPLETE = {
  commands: {
    passed: false,
    expected: 'few enough commands for all those that matter here to be kept',
    actual:
      'so many commands ran that not all of those that matter here were kept: what they did cannot be told',
  },
  arguments: {
    passed: false,
    expected: 'commands short enough for all their arguments to be kept',
    actual:
      'a command that may matter here was so long that not all of its arguments were kept: what it did cannot be told',
  },
} satisfies Record<string, Failure>;
