import { textOf } from '../../base/bytes.ts';
import type { KeyChange, KeySnapshot } from '../../evidence/evidence.ts';
import { changeInWords } from '../words/change-words.ts';
import type { CommandNote, Failure } from './finding.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** How many commands a failed check shows at most. */
const SHOWN = 6;

/** What a command did to a key. */
interface Effect {
  command: TracedCommand;
  /** In words; null where it is not known. */
  text: string | null;
  /** Empty for a command that did nothing. */
  changes: readonly KeyChange[];
}

/**
 * The commands that changed a key, each with what it did; the last ones where there were many. Where it is not known
 * what commands did, those that name the key.
 */
export function changesOf(run: RunView, key: string): CommandNote[] {
  return notesOnEffects(run, effectsByHistory(run, key) ?? naming(run, key));
}

/** Says of a key what was expected and what was found, with the commands that changed it. */
export function failureAt(run: RunView, key: string): (expected: string, actual: string) => Failure {
  return (expected, actual) => ({ passed: false, expected, actual, commands: changesOf(run, key) });
}

/** Commands that are there to give a key a TTL, or to take it away. */
const ON_TTL = /EXPIRE|PERSIST/;

/**
 * The commands that changed the TTL of a key, or were meant to; the last one that made the key if there are none. As
 * {@link changesOf} if it is not known what commands did.
 */
export function ttlChangesOf(run: RunView, key: string): CommandNote[] {
  const effects = effectsByHistory(run, key) ?? [];
  const touching = effects.filter(
    ({ command, changes }) => changes.some(changesTtl) || ON_TTL.test(command.name),
  );
  const making = effects.filter(({ changes }) => changes.some(({ before }) => before === null)).slice(-1);
  return firstOf(run, key, touching, making);
}

/** The commands that changed some fields of a hash, or made or removed it; as {@link changesOf} if there are none. */
export function fieldChangesOf(run: RunView, key: string, fields: ReadonlySet<string>): CommandNote[] {
  const effects = effectsByHistory(run, key) ?? [];
  const touching = effects.filter(
    ({ changes, command }) =>
      changes.some((change) => changesFields(change, fields)) ||
      (changes.length === 0 && command.args.some((arg) => arg !== null && fields.has(arg))),
  );
  return firstOf(run, key, touching);
}

function firstOf(run: RunView, key: string, ...choices: readonly Effect[][]): CommandNote[] {
  const chosen = choices.find((effects) => effects.length > 0);
  return chosen ? notesOnEffects(run, chosen) : changesOf(run, key);
}

function notesOnEffects(run: RunView, effects: readonly Effect[]): CommandNote[] {
  return effects.slice(-SHOWN).map(({ command, text }) => run.note(command, text));
}

function changesTtl({ before, after }: KeyChange): boolean {
  return (before?.expireAt ?? null) !== (after?.expireAt ?? null);
}

function changesFields({ before, after, cut }: KeyChange, fields: ReadonlySet<string>): boolean {
  if (cut || !before || !after || before.type !== after.type) return true;
  return [...fieldsOf(before), ...fieldsOf(after)].some((name) => fields.has(name));
}

function fieldsOf(key: KeySnapshot): string[] {
  return key.type === 'hash' ? key.fields.flatMap(({ field }) => textOf(field) ?? []) : [];
}

/** What the server shows that commands did to a key; undefined where that is not known. */
function effectsByHistory(run: RunView, key: string): Effect[] | undefined {
  const { history } = run;
  const databases = new Set([0, ...history.databasesOf(key)]);
  if (![...databases].every((db) => history.knows(key, db))) return undefined;
  const told = new Map<TracedCommand, Effect>();
  for (const db of databases)
    for (const { step, change, at } of history.changesOf(key, db)) {
      const ran = run.commandsOf(step);
      const command =
        ran.findLast((one) => run.writes(one, key) && !run.failed(one)) ??
        ran.findLast((one) => run.writes(one, key)) ??
        ran.findLast(({ args }) => args.includes(key)) ??
        ran[0];
      if (!command) continue;
      const what = change.after ? changeInWords(change, { at, expired: false }).text : 'removed the key';
      const placed = db === 0 ? what : `${what}, in database ${db}`;
      const before = told.get(command);
      const text = before ? `${before.text}; ${placed}` : placed;
      told.set(command, { command, text, changes: [...(before?.changes ?? []), change] });
    }
  const vain = run.commands.filter(
    (command) =>
      command.db === 0 && run.writes(command, key) && history.changed(command.index, key) === false,
  );
  for (const command of [...vain, ...neverRun(run, key)])
    told.set(command, { command, text: whyNothing(run, command, key), changes: [] });
  return [...told.values()].sort(inOrder);
}

/** The commands on a key that the server refused without running them. */
function neverRun(run: RunView, key: string): TracedCommand[] {
  return run.neverRun.filter(({ args }) => args.includes(key));
}

/** What was never run has no place in the trace: that is by its line. */
function inOrder({ command: one }: Effect, { command: other }: Effect): number {
  return one.line !== null && other.line !== null && one.line !== other.line
    ? one.line - other.line
    : one.index - other.index;
}

function whyNothing(run: RunView, command: TracedCommand, key: string): string {
  if (run.failed(command)) return refusedInWords(run, command);
  return run.history.wasThere(key, command.index, run.keyBefore(key))
    ? 'did nothing'
    : 'did nothing: there was no such key at that time';
}

function refusedInWords(run: RunView, command: TracedCommand): string {
  const refusal = run.refusal(command);
  return refusal === undefined
    ? 'did nothing: it was answered with an error'
    : `did nothing: the server refused it: ${refusal}`;
}

function naming(run: RunView, key: string): Effect[] {
  const named = [...run.commands.filter(({ args }) => args.includes(key)), ...neverRun(run, key)];
  return named
    .map((command) => ({
      command,
      text: run.failed(command) ? refusedInWords(run, command) : null,
      changes: [],
    }))
    .sort(inOrder);
}

/** Notes on some commands, each with what it did to the first key that it may change; the first ones where there are many. */
export function effectsOf(run: RunView, commands: readonly TracedCommand[]): CommandNote[] {
  return commands.slice(0, SHOWN).map((command) => {
    const written = run.history.usedBy(command.index).find(({ writes }) => writes !== undefined);
    const effects = written && effectsByHistory(run, textOf(written.key) ?? '');
    return run.note(command, effects?.find((effect) => effect.command === command)?.text);
  });
}

/** Notes on some commands, without saying what they did; the first ones where there are many. */
export function notesOn(run: RunView, commands: readonly TracedCommand[]): CommandNote[] {
  return commands.slice(0, SHOWN).map((command) => run.note(command));
}
