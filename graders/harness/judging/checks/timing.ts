import { commandEffect } from './command-effects.ts';
import type { CommandPatterns } from './command-pattern.ts';
import { type Held, heldStates } from './held.ts';
import { holds, type Matcher } from './matcher.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** Commands that do not make a key that is not there, beside those that pop or remove elements. */
const MAKES_NONE = /^(?:DEL|UNLINK|GETDEL|GETEX|MOVE|PERSIST|P?EXPIRE(?:AT)?|HDEL|LSET|LTRIM|XDEL|XTRIM)$/;
const TAKES_ELEMENTS = /REM|POP(?!LPUSH)/;
/** Commands that take from their first key what they bring to another one. */
const TAKES = /^(?:RENAME(?:NX)?|SMOVE|B?LMOVE|B?RPOPLPUSH)$/;

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
 * every history is known. Where just a key must have been there, commands that make keys need no pattern.
 */
export function onceHeld(run: RunView, held: Held, after: CommandPatterns | undefined): Later {
  const { key } = held;
  const told = after
    ? run.matching(after)
    : isKeyAlone(held)
      ? run.commands.filter((one) => makes(one, key))
      : [];
  const attempt = told.find(isOnData);
  const [state] = heldStates(run, held);
  const step = state?.step;
  // A key that the set-up made was there from the beginning.
  const from = state ? (step ? step.entry + step.entries : 0) : Number.POSITIVE_INFINITY;
  return {
    marker: attempt ?? (step && run.commandsOf(step).findLast(({ args }) => args.includes(key))),
    isLater: ({ index }) => index >= from || (attempt !== undefined && index > attempt.index),
  };
}

/** The commands that removed keys which they name, and put them nowhere else; none where that is not known. */
export function removersOf(run: RunView, name: Matcher): TracedCommand[] {
  const found = new Set<TracedCommand>();
  for (const [key, changes] of run.history.changedKeys()) {
    if (!holds(name, key) || !run.history.knows(key)) continue;
    for (const { step, change } of changes) {
      if (change.after || step.changes.some(({ before }) => before === null)) continue;
      const remover = run
        .commandsOf(step)
        .findLast(
          (command) =>
            command.args.includes(key) &&
            (step.entries === 1 || commandEffect(command.name, command.args, key) !== null),
        );
      if (remover) found.add(remover);
    }
  }
  return [...found].sort((one, other) => one.index - other.index);
}

/** True for a command on the data that is graded: in another database there is nothing of it. */
export function isOnData({ db }: TracedCommand): boolean {
  return db === 0;
}

/** True for a command that makes a key where there is none, by what its words say. */
function makes({ name, args }: TracedCommand, key: string): boolean {
  if (MAKES_NONE.test(name) || TAKES_ELEMENTS.test(name) || (TAKES.test(name) && args[0] === key))
    return false;
  return commandEffect(name, args, key) !== null;
}

function isKeyAlone({ key: _, ...rest }: Held): boolean {
  return Object.keys(rest).length === 0;
}
