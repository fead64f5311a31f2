import type { Bytes } from '../../../../base/bytes.ts';
import { commandName } from '../../../../evidence/command-name.ts';
import type { Keyspace, RunEvidence, Step, StepReply, TraceEntry } from '../../../../evidence/evidence.ts';
import { replyInWords } from '../../../../judging/words/reply-words.ts';
import { type StepWords, stepInWords } from '../../../../judging/words/step-words.ts';

/** A step of a run's history, and where the trace has it. */
export interface ShownStep {
  /** Its place among the steps, from 1. */
  number: number;
  step: Step;
  /** Its commands by their index in the trace; none for keys that expired. */
  commands: number[];
  /** The one that made its changes: EXEC of a transaction. Before it, keys expired. */
  main: number;
  words: StepWords;
}

/** The steps of a run, in their order; none if it has no history. */
export function shownSteps({ trace: { entries }, before, replay }: RunEvidence): ShownStep[] {
  const steps = replay?.steps ?? [];
  const firsts = new Set(steps.filter((step) => step.entries > 0).map(({ entry }) => entry));
  const keys = new KeyNames(before);
  return steps.map((step, index) => {
    const commands = commandsOf(step, entries, firsts);
    const last = commands.at(-1);
    // Lua runs within its command; the commands of a transaction run when EXEC says so.
    const main = last !== undefined && entries[last]?.source !== 'lua' ? last : step.entry;
    const listed = (commands.length > 0 ? commands : [Math.min(step.entry, entries.length - 1)]).flatMap(
      (command) => entries[command] ?? [],
    );
    const words = stepInWords(step, listed, (db, key) => keys.has(db, key));
    keys.apply(step);
    return { number: index + 1, step, commands, main, words };
  });
}

/** What a transaction answered to each of its commands, by their index in the trace. */
export function repliesWithin(
  { step, commands }: ShownStep,
  entries: readonly TraceEntry[],
): Map<number, StepReply> {
  const queued = commands.filter((index) => {
    const entry = entries[index];
    return entry && entry.source !== 'lua' && !BRACKETS.has(commandName(entry.args));
  });
  return new Map(
    queued.flatMap((index, place) => (step.replies?.[place] ? [[index, step.replies[place]]] : [])),
  );
}

const BRACKETS = new Set(['MULTI', 'EXEC', 'DISCARD']);

/** Its commands in the trace: what another client sent between those of a transaction is not among them. */
function commandsOf(
  { entry, entries: count }: Step,
  entries: readonly TraceEntry[],
  firsts: ReadonlySet<number>,
) {
  const found = count > 0 && entry < entries.length ? [entry] : [];
  const client = entries[entry]?.source;
  for (let index = entry + 1; index < entries.length && found.length < count; index += 1) {
    const source = entries[index]?.source;
    if (!firsts.has(index) && (source === client || source === 'lua')) found.push(index);
  }
  return found;
}

/** Which keys there are, as far as that is known. */
class KeyNames {
  readonly #names = new Map<string, boolean>();
  /** Databases that were too large to be read as a whole. */
  readonly #unread = new Set<number>();

  constructor({ databases }: Keyspace) {
    for (const { index, size, keys } of databases) {
      if (size > keys.length) this.#unread.add(index);
      for (const { key } of keys) this.#names.set(idOf(index, key), true);
    }
  }

  has(db: number, key: Bytes): boolean | undefined {
    return this.#names.get(idOf(db, key)) ?? (this.#unread.has(db) ? undefined : false);
  }

  apply({ changes }: Step): void {
    for (const { db, before, after } of changes) {
      this.#names.set(idOf(db, (after ?? before)?.key ?? ''), after !== null);
    }
  }
}

/** Tells a key of a database from all others. */
export function idOf(db: number, key: Bytes): string {
  return JSON.stringify([db, key]);
}

/** The text of a transaction's or command's reply in a row. */
export function replyOf(shown: ShownStep, index: number, within: ReadonlyMap<number, StepReply>) {
  const reply = within.get(index);
  if (reply) return { reply: replyInWords(reply), refused: reply.kind === 'error' };
  if (index !== shown.main) return null;
  return shown.step.replies && shown.step.reply?.kind === 'value' ? null : shown.words;
}
