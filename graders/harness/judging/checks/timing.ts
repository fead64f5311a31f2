import { textOf } from '../../base/bytes.ts';
import { changedKey } from '../../evidence/change.ts';
import type { KeyChange } from '../../evidence/evidence.ts';
import type { CommandPatterns } from './command-pattern.ts';
import { type Held, heldStates } from './held.ts';
import { holds, type Matcher } from './matcher.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** Whether commands ran late enough. */
export interface Later {
  isLater(command: TracedCommand): boolean;
  /** What they must run after, to be shown; undefined where it never ran. */
  marker: TracedCommand | undefined;
}

/** Whether commands ran later than some command of a pattern. */
export function laterThan(run: RunView, after: CommandPatterns): Later {
  const first = run.matching(after).find(isOnData);
  return { marker: first, isLater: ({ index }) => first !== undefined && index > first.index };
}

/**
 * Whether commands ran once a key had been in a state, or later than some command of a pattern, whatever became of it:
 * that it was refused is for another check, what happens within one transaction or script no history tells, and not
 * every history is known. Where no pattern is given, it is commands that make keys: any of them where just the key must
 * have been there or its history is not known, else those of the step that brought it into the state. Where it is what a
 * key holds in the end, such a command tells of its own step only.
 */
export function onceHeld(run: RunView, held: Held, after: CommandPatterns | undefined): Later {
  const { key } = held;
  const [state] = heldStates(run, held);
  const step = state?.step;
  const makers = () => {
    const isAny = isKeyAlone(held) || !run.history.knows(key);
    const among = isAny ? run.commands : step ? run.commandsOf(step) : [];
    return among.filter((one) => run.useOf(one, key)?.writes === 'put');
  };
  const isWithin = ({ index }: TracedCommand) => !held.final || !step || run.history.stepOf(index) === step;
  const attempt = (after ? run.matching(after) : makers()).filter(isWithin).find(isOnData);
  // A key that the set-up made was there from the beginning.
  const from = state?.from ?? Number.POSITIVE_INFINITY;
  return {
    marker: attempt ?? (step && run.commandsOf(step).findLast(({ args }) => args.includes(key))),
    isLater: (command) =>
      command.index >= from || (attempt !== undefined && command.index > attempt.index && isWithin(command)),
  };
}

/** The commands that removed keys which they name, and put them nowhere to stay; none where that is not known. */
export function removersOf(run: RunView, name: Matcher): TracedCommand[] {
  const found = new Set<TracedCommand>();
  for (const [key, changes] of run.history.changedKeys()) {
    if (!holds(name, key) || !run.history.knows(key)) continue;
    for (const { step, change } of changes) {
      if (change.after || step.changes.some((other) => stays(run, other))) continue;
      const remover = run
        .commandsOf(step)
        .findLast(
          (command) => command.args.includes(key) && (step.entries === 1 || run.writes(command, key)),
        );
      if (remover) found.add(remover);
    }
  }
  return [...found].sort((one, other) => one.index - other.index);
}

/** True for a change that made a key which is there in the end. */
function stays(run: RunView, change: KeyChange): boolean {
  const key = textOf(changedKey(change));
  return change.before === null && (key === undefined || run.key(key, change.db) !== undefined);
}

/** True for a command on the data that is graded: in another database there is nothing of it. */
export function isOnData({ db }: TracedCommand): boolean {
  return db === 0;
}

function isKeyAlone({ key: _, final: __, ...rest }: Held): boolean {
  return Object.keys(rest).length === 0;
}
