import { textOf } from '../../base/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { heldStates } from './held.ts';
import { type Content, integer, object, oneOf, optional, text, yes } from './parameters.ts';
import { replyTexts } from './reply-items.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

const PARAMETERS = {
  key: text({ minLength: 1, description: "The key's name (database 0)." }),
  type: oneOf(['string', 'list'], { description: 'What it must be for that.' }),
  leftmost: optional(
    integer({ minimum: 1, description: 'So many elements of the list, from the left; all where left out.' }),
  ),
  fewer: optional(yes('While it had fewer elements than at some time before.')),
};

/** What a key held was answered, by whichever commands. */
export type Answered = Content<typeof PARAMETERS>;

export function answered(description: string) {
  return object(PARAMETERS, { description });
}

/**
 * True where commands that left a key alone were answered with what it held: with a string or a part of it, or with
 * all the elements of a list, by one command or by several, while it held just these. False where that is not known.
 */
export function wasAnswered(
  run: RunView,
  { key, type, leftmost, fewer }: Answered,
  counts: (command: TracedCommand) => boolean,
): boolean {
  const reads = run.commands.filter((command) => counts(command) && isRead(run, key, command));
  if (reads.length === 0) return false;
  const changes = run.history.changesOf(key).map(({ step }) => step);
  for (const { step, state } of heldStates(run, { key, ...(fewer && { fewer }) })) {
    const next = changes[step ? changes.indexOf(step) + 1 : 0];
    // What ran within a step that changed the key may have seen it before or after that.
    const from = step?.entry ?? 0;
    const to = next ? next.entry + next.entries : Number.POSITIVE_INFINITY;
    const told = reads.filter(({ index }) => index >= from && index < to);
    if (
      state?.type === type &&
      isTold(
        state,
        leftmost,
        new Set(told.flatMap(({ index }) => replyTexts(run.history.replyTo(index)?.text ?? ''))),
      )
    )
      return true;
  }
  return false;
}

function isTold(state: KeySnapshot, leftmost: number | undefined, told: ReadonlySet<string>): boolean {
  if (state.type === 'string') {
    const value = textOf(state.value);
    return value !== undefined && [...told].some((item) => item !== '' && value.includes(item));
  }
  if (state.type !== 'list' || state.size < (leftmost ?? 1)) return false;
  return state.items.slice(0, leftmost).every((item) => told.has(textOf(item) ?? '\0'));
}

/** True for a command that asks for what a key holds, and leaves it alone. */
function isRead(run: RunView, key: string, command: TracedCommand): boolean {
  const used = run.useOf(command, key);
  return used?.db === 0 && used.use === 'read' && used.writes === undefined;
}
