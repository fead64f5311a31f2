import type { Step } from '../../../evidence/evidence.ts';
import type { CommandNote } from '../command-note.ts';
import { notesOn } from '../effects.ts';
import type { RunView } from '../run-view.ts';
import type { TracedCommand } from '../traced-command.ts';
import { Moments } from './slip.ts';
import { watchBefore } from './watch.ts';
import type { Write } from './writes.ts';

/** How a write came to overwrite what somebody else does in between, and the commands that show it. */
export interface Loss {
  text: string;
  commands: CommandNote[];
}

/** What is said of a read and of a write that belong together. */
export interface LossWords {
  /** What was done first, such as `read`. */
  asked: string;
  /** What was done to it then, such as `written back`. */
  written: string;
  /** Where nothing was asked first. */
  blind: string;
}

/** Says why a write overwrites what somebody else does in between. */
export function describeLoss(run: RunView, write: Write, words: LossWords): Loss {
  const { step, target, rival } = write;
  const moments = new Moments(run, [target.key]);
  const look = moments.lookBefore(step);
  const [asked] = look ? commandsOn(run, look, target.key).slice(-1) : [];
  const own = commandsOn(run, step, target.key);
  const tried = `Tried with \`${rival.commands.join('; ')}\` from somebody else in between: it was lost.`;
  return {
    text: `${asked ? `${words.asked} first and ${how(run, write, words)}` : words.blind}. ${tried}`,
    commands: notesOn(run, [...(asked ? [asked] : []), ...own]),
  };
}

function how(run: RunView, { step, target }: Write, { written }: LossWords): string {
  const commands = run.commandsOf(step);
  if (commands.some(({ lua }) => lua))
    return `${written} by a Lua script that takes no notice of what is there by then`;
  if (commands.at(-1)?.name !== 'EXEC') return `${written} later`;
  const watch = watchBefore(run, step, target.key);
  if (watch) return `${written} in a transaction that began to watch the key only after that`;
  const [first] = commands;
  const elsewhere = run.commands
    .slice(0, step.entry)
    .some(
      (command) =>
        command.name === 'WATCH' &&
        command.db === 0 &&
        command.args.includes(target.key) &&
        run.clientOf(command) !== (first && run.clientOf(first)),
    );
  return `${written} in a transaction ${elsewhere ? 'of another connection than its WATCH' : 'that does not watch the key'}`;
}

/** The commands of a step that name a key; the last one where none does. A call of a script names it for others. */
export function commandsOn(run: RunView, step: Step, key: string): TracedCommand[] {
  const commands = run.commandsOf(step);
  const on = commands.filter(
    ({ args, lua }, index) => args.includes(key) && (lua || !commands[index + 1]?.lua),
  );
  return on.length > 0 ? on : commands.slice(-1);
}
