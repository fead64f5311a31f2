import { list } from '../../../base/text/count.ts';
import type { Step } from '../../../evidence/evidence.ts';
import { describePatterns } from '../../words/command-words.ts';
import { expectationOf } from '../../words/expectation-words.ts';
import { defineKind } from '../check-kind.ts';
import { type CommandPatterns, commandPatterns, matchesCommand, patternNames } from '../command-pattern.ts';
import { notesOn } from '../effects.ts';
import { type Failure, PASS } from '../finding.ts';
import { KEY } from '../key-param.ts';
import { sentWith } from '../near-misses.ts';
import { pairUp } from '../pair-up.ts';
import { listOf, object, oneOf, optional, type Static } from '../parameters.ts';
import { requireHistory } from '../require-history.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { aboutCommands } from '../trace-questions.ts';
import type { TracedCommand } from '../traced-command.ts';
import { describeRan } from '../what-ran.ts';

const WITHIN = { transaction: 'one transaction', script: 'one Lua script' } as const;

const PARAMETERS = object({
  commands: listOf(commandPatterns(), { minItems: 2, description: 'Each of these, in any order.' }),
  within: optional(
    oneOf(['transaction', 'script'], {
      description: 'Only the one or the other; any where it is left out.',
    }),
  ),
  db: KEY.db,
});

type Params = Static<typeof PARAMETERS>;

export const ranTogether = defineKind({
  kind: 'ran-together',
  description:
    'These commands ran together: all in one transaction that was executed, or all in one Lua script, so that nobody saw or did anything in between. For each pattern there is a command of its own. What the server refused does not count, nor does what came to nothing.',
  parameters: PARAMETERS,
  example: {
    purpose:
      'For several changes that belong together. Where no change may be lost, however it is done, take atomic.',
    yaml: "commands:\n  - { command: DECRBY, args: ['stock:lamp', 2] }\n  - { command: RPUSH, args: [orders] }",
    mistake: 'the order was written outside of the transaction',
    seen: {
      after: { 'stock:lamp': '3', orders: { list: ['7f1c'] } },
      commands: ['DECRBY stock:lamp 2', 'RPUSH orders 7f1c'],
    },
  },
  asks: ({ commands }) => commands.map(aboutCommands),
  commands: ({ commands }) => commands.map((patterns) => ({ patterns, isLate: false })),
  judge(parameters, run) {
    const { commands, within, db = 0 } = parameters;
    requireHistory(run, []);
    const counts = (command: TracedCommand) =>
      command.db === db && !run.failed(command) && !run.cameToNothing(command);
    const ran = commands.map((patterns) => run.matching(patterns).filter(counts));
    const steps = [...new Set(ran.flat().flatMap(({ index }) => run.history.stepOf(index) ?? []))].map(
      (step) => ({
        step,
        together: togetherIn(run, step, commands, counts),
      }),
    );
    const whole = steps.filter(({ together }) => together === commands.length).map(({ step }) => step);
    if (whole.some((step) => within === undefined || mannersOf(run, step).includes(within))) return PASS;
    for (const patterns of commands) requireInTrace(run, aboutCommands(patterns));
    const missing = commands.find((_, index) => ran[index]?.length === 0);
    if (missing) return missingFailure(run, missing, parameters);
    const most = Math.max(...steps.map(({ together }) => together));
    return {
      passed: false,
      expected: `in ${within ? WITHIN[within] : list(Object.values(WITHIN), 'or')}: ${commands.map(describePatterns).join('; ')}`,
      actual: describeFound(run, whole[0], most, commands.length),
      commands: notesOn(
        run,
        ran.flatMap((some) => some.slice(0, 1)).sort((one, other) => one.index - other.index),
      ),
    };
  },
});

/** The failure of commands of which one did not run at all. */
function missingFailure(run: RunView, missing: CommandPatterns, { commands, db = 0 }: Params): Failure {
  const expectation = { passed: false as const, ...expectationOf(run, missing, {}) };
  const aborted = run.named(['EXEC']).filter(({ index }) => run.history.replyTo(index)?.kind === 'nil');
  // What was queued never ran, and is nowhere in the trace.
  if (aborted.length > 0 && sentWith(run, patternNames(missing)).length === 0)
    return {
      ...expectation,
      actual: 'the transaction was aborted: a key that it watched had changed',
      commands: notesOn(run, aborted),
    };
  const nothing = {
    ran: [],
    inPlace: 0,
    isInPlace: () => true,
    marker: undefined,
    place: { db },
    own: commands,
  };
  return { ...expectation, ...describeRan(run, missing, nothing) };
}

/** For how many of the patterns a step has a command of its own. */
function togetherIn(
  run: RunView,
  step: Step,
  commands: readonly CommandPatterns[],
  counts: (command: TracedCommand) => boolean,
): number {
  return pairUp(commands, run.commandsOf(step).filter(counts), matchesCommand).size;
}

/** What a step was: a transaction, a Lua script, both, or neither. */
function mannersOf(run: RunView, step: Step): (keyof typeof WITHIN)[] {
  return [
    ...(step.replies === undefined ? [] : ['transaction' as const]),
    ...(run.commandsOf(step).some(({ lua }) => lua) ? ['script' as const] : []),
  ];
}

function describeFound(run: RunView, whole: Step | undefined, most: number, all: number): string {
  if (whole) return `they ran in ${list(mannersOf(run, whole).map((manner) => WITHIN[manner]))}`;
  return most > 1
    ? `no more than ${most} of the ${all} ran together`
    : 'each ran by itself: others could come in between';
}
