import { isDeepStrictEqual } from 'node:util';
import { list } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import type { KeyChange, Step } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { notesOn } from '../effects.ts';
import { PASS } from '../finding.ts';
import { finalState } from '../key-states.ts';
import { distinct, integer, object, oneOf, optional, text } from '../parameters.ts';
import { type Reading, readingsOf } from '../readings.ts';
import { requireHistory } from '../require-history.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { aboutKeys } from '../trace-questions.ts';

export const oneStep = defineKind({
  kind: 'one-step',
  description:
    'So many strings whose names begin alike were written, or read, in one step: by one command, one transaction or one Lua script. What is read must be what they hold in the end, or held last; what is read one by one counts where a transaction that went through had watched all of it since before. Whether they are the right ones, and what was written, is for other checks.',
  parameters: object({
    prefix: text({ minLength: 1, description: 'How the names begin (database 0).' }),
    number: integer({ minimum: 2, description: 'How many strings at least.' }),
    keys: optional(distinct(text(), 'Only these are meant.')),
    action: oneOf(['write', 'read'], { description: 'What was done to them.' }),
    before: optional(
      text({
        minLength: 1,
        description:
          'Of what was read, only the last counts before this key got the value that it has in the end (database 0).',
      }),
    ),
  }),
  example: {
    purpose: 'For MSET, MGET and transactions: many keys in one go.',
    yaml: "prefix: 'fleet:'\nnumber: 2\naction: write",
    mistake: 'one command for each key',
    seen: { after: { 'fleet:a': '1', 'fleet:b': '2' }, commands: ['SET fleet:a 1', 'SET fleet:b 2'] },
  },
  asks: ({ prefix }) => [aboutKeys(prefix)],
  judge({ prefix, number, keys, action, before }, run) {
    requireInTrace(run, aboutKeys(prefix));
    requireHistory(run, before === undefined ? [] : [before]);
    const isMeant = (key: string) => key.startsWith(prefix) && keys?.includes(key) !== false;
    const touched = action === 'write' ? written(run, isMeant) : readingsOf(run, isMeant);
    const counting = before === undefined ? touched : lastBefore(run, before, touched);
    const most = Math.max(0, ...counting.map(({ right }) => right.size));
    if (most >= number) return PASS;
    const verb = action === 'write' ? 'written' : 'read';
    return {
      passed: false,
      expected: `${keys ? list(keys.map((key) => showArgument(key))) : `${number} keys that begin with ${showArgument(prefix)}`}, ${verb} in one step`,
      actual: touched.every(({ all }) => all.size === 0)
        ? `none of them was ${verb}`
        : touched.some(({ all }) => all.size >= number)
          ? `${verb} in one step, but ${vainly(action, before)}`
          : `${verb} in several steps, no more than ${most} of the keys in each`,
      commands: notesOn(
        run,
        touched.flatMap(({ step }) =>
          run.commandsOf(step).filter(({ args }) => args.some((arg) => arg !== null && isMeant(arg))),
        ),
      ),
    };
  },
});

/** A step, the keys that it wrote or read, and those of them that count. */
type Touching = Reading;

function vainly(action: 'write' | 'read', before: string | undefined): string {
  if (action === 'write') return 'not as they are in the end';
  return before === undefined
    ? 'before they were there as they are in the end'
    : `not right before ${showArgument(before)} was written`;
}

/** The last of the steps that read before a key got what it holds in the end; all where it never got anything. */
function lastBefore(run: RunView, key: string, readings: readonly Reading[]): readonly Reading[] {
  const step = finalState(run, key)?.step;
  if (!step) return readings;
  const order = run.history.orderOf(step);
  return readings.filter((reading) => run.history.orderOf(reading.step) <= order).slice(-1);
}

/** The steps that gave strings values; of these count what the strings hold at the end, or held last. */
function written(run: RunView, isMeant: (key: string) => boolean): Touching[] {
  const steps = new Map<Step, { all: Set<string>; right: Set<string> }>();
  for (const [key, changes] of run.history.changedKeys()) {
    if (!isMeant(key)) continue;
    requireHistory(run, [key]);
    const values = changes.filter(({ change }) => change.after?.type === 'string' && isNewValue(change));
    for (const { step } of values) {
      const found = steps.get(step) ?? { all: new Set<string>(), right: new Set<string>() };
      steps.set(step, found);
      found.all.add(key);
      if (step === values.at(-1)?.step) found.right.add(key);
    }
  }
  return [...steps]
    .map(([step, keys]) => ({ step, ...keys }))
    .sort((one, other) => run.history.orderOf(one.step) - run.history.orderOf(other.step));
}

/** False for a change of the expiry alone. */
function isNewValue({ before, after }: KeyChange): boolean {
  return (
    before?.type !== 'string' || after?.type !== 'string' || !isDeepStrictEqual(before.value, after.value)
  );
}
