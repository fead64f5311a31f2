import { isDeepStrictEqual } from 'node:util';
import { showArgument } from '../../../base/text/printable.ts';
import type { KeyChange } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { notesOn } from '../effects.ts';
import { PASS } from '../finding.ts';
import { integer, object, oneOf, text } from '../parameters.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { stepsOf } from '../steps.ts';
import { aboutKeys } from '../trace-questions.ts';
import type { TracedCommand } from '../traced-command.ts';

export const oneStep = defineKind({
  kind: 'one-step',
  description:
    'So many strings whose names begin alike were written, or read, in one step: by one command, one transaction or one Lua script. What is read must have been written before, or be of the set-up. Whether they are the right ones, and what was written, is for other checks.',
  parameters: object({
    prefix: text({ minLength: 1, description: 'How the names begin (database 0).' }),
    number: integer({ minimum: 2, description: 'How many strings at least.' }),
    action: oneOf(['write', 'read'], { description: 'What was done to them.' }),
  }),
  example: {
    purpose: 'For MSET, MGET and transactions: many keys in one go.',
    yaml: "prefix: 'fleet:'\nnumber: 2\naction: write",
    mistake: 'one command for each key',
    seen: { after: { 'fleet:a': '1', 'fleet:b': '2' }, commands: ['SET fleet:a 1', 'SET fleet:b 2'] },
  },
  asks: ({ prefix }) => [aboutKeys(prefix)],
  judge({ prefix, number, action }, run) {
    requireInTrace(run, aboutKeys(prefix));
    const keysOf = action === 'write' ? written : read;
    const touched = (command: TracedCommand) =>
      command.db === 0 && !run.failed(command)
        ? keysOf(command).filter((key) => typeof key === 'string' && key.startsWith(prefix))
        : [];
    const before = action === 'read' ? firstWrites(run) : new Map<string | null, number>();
    const steps = stepsOf(run).map((step) => ({
      all: new Set(step.flatMap(touched)),
      right: new Set(
        step.flatMap((command) =>
          touched(command).filter(
            (key) =>
              action === 'write' || (isThere(run, before, key, command) && !run.cameToNothing(command)),
          ),
        ),
      ),
    }));
    const most =
      (action === 'write' ? mostAtOnce(run, prefix) : undefined) ??
      Math.max(0, ...steps.map(({ right }) => right.size));
    if (most >= number) return PASS;
    const verb = action === 'write' ? 'written' : 'read';
    return {
      passed: false,
      expected: `${number} keys that begin with ${showArgument(prefix)}, ${verb} in one step`,
      actual: steps.every(({ all }) => all.size === 0)
        ? `none of them was ${verb}`
        : steps.some(({ all }) => all.size >= number)
          ? 'read before they were written'
          : `${verb} in several steps, no more than ${most} in each`,
      commands: notesOn(
        run,
        run.commands.filter((command) => touched(command).length > 0),
      ),
    };
  },
});

/** How many strings got what they hold at the end, or held last, in the same step; undefined where that is not known. */
function mostAtOnce(run: RunView, prefix: string): number | undefined {
  const steps = new Map<unknown, number>();
  for (const [key, changes] of run.history.changedKeys()) {
    if (!key.startsWith(prefix)) continue;
    if (!run.history.knows(key)) return undefined;
    const last = changes.findLast(({ change }) => change.after?.type === 'string' && isNewValue(change));
    if (last) steps.set(last.step, (steps.get(last.step) ?? 0) + 1);
  }
  return run.evidence.replay?.until === 'end' ? Math.max(0, ...steps.values()) : undefined;
}

/** False for a change of the expiry alone. */
function isNewValue({ before, after }: KeyChange): boolean {
  return (
    before?.type !== 'string' || after?.type !== 'string' || !isDeepStrictEqual(before.value, after.value)
  );
}

/** True for a string of the set-up, and for one that was written before a command. */
function isThere(
  run: RunView,
  written: ReadonlyMap<string | null, number>,
  key: string | null,
  { index }: TracedCommand,
): boolean {
  const known = key === null ? undefined : run.history.wasThere(key, index, run.keyBefore(key));
  if (known !== undefined) return known;
  return (key !== null && run.keyBefore(key) !== undefined) || (written.get(key) ?? index) < index;
}

/** Where in the trace each string was first written. */
function firstWrites(run: RunView): Map<string | null, number> {
  const first = new Map<string | null, number>();
  for (const command of run.commands) {
    if (command.db !== 0 || run.failed(command)) continue;
    for (const key of written(command)) if (!first.has(key)) first.set(key, command.index);
  }
  return first;
}

/** The strings that a command writes. */
function written({ name, args }: TracedCommand): (string | null)[] {
  if (name === 'MSET' || name === 'MSETNX') return args.filter((_, index) => index % 2 === 0);
  return /^(?:SET|SETEX|PSETEX|SETNX|GETSET)$/.test(name) ? args.slice(0, 1) : [];
}

/** The strings that a command reads. */
function read({ name, args }: TracedCommand): (string | null)[] {
  if (name === 'MGET') return args;
  return name === 'GET' || name === 'GETEX' ? args.slice(0, 1) : [];
}
