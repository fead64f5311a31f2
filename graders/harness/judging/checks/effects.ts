import { completenessFor, isAtLeast } from '../../evidence/completeness.ts';
import { changeInWords } from '../words/change-words.ts';
import { commandEffect, expiresAtOnce } from './command-effects.ts';
import type { CommandNote } from './finding.ts';
import { keyName, type RunView } from './run-view.ts';
import { aboutKey } from './trace-questions.ts';
import type { TracedCommand } from './traced-command.ts';

/** How many commands a failed check shows at most. */
const SHOWN = 6;

/** What a command does to a key, in the learner's terms; null for a command that changes nothing of it. */
export function effectOn(key: string, { name, args }: TracedCommand): string | null {
  if (name === 'FLUSHALL' || name === 'FLUSHDB') return 'removed every key';
  if (name === 'SWAPDB') return 'swapped two databases';
  return commandEffect(name, args, key);
}

/** Commands that do nothing where their key is not there. */
const NEEDS_KEY = /^(?:P?EXPIRE(?:AT)?|PERSIST|GETEX|DEL|UNLINK|GETDEL|HDEL|MOVE)$/;
/** Commands after which their key is not there any more. */
const REMOVES_KEY = /^(?:DEL|UNLINK|GETDEL|MOVE)$/;

/** A command, and what it did. */
type Change = [TracedCommand, string];

/** The commands that changed a key, each with what it did; the last ones where there were many. */
export function changesOf(run: RunView, key: string): CommandNote[] {
  const changes = changesByHistory(run, key) ?? changesByWords(run, key);
  return changes.slice(-SHOWN).map((change) => run.note(...change));
}

/** What the server shows that commands did to a key; undefined where that is not known. */
function changesByHistory(run: RunView, key: string): Change[] | undefined {
  const { history } = run;
  const databases = new Set([0, ...history.databasesOf(key)]);
  if (![...databases].every((db) => history.knows(key, db))) return undefined;
  const told = new Map<TracedCommand, string>();
  for (const db of databases)
    for (const { step, change, at } of history.changesOf(key, db)) {
      const ran = run.commandsOf(step);
      const command = ran.findLast(({ args }) => args.includes(key)) ?? ran[0];
      if (!command) continue;
      const text = change.after
        ? changeInWords(change, { at, expired: false }).text
        : `removed the key${expiresAtOnce(command.name, command.args) ? ': that time is past' : ''}`;
      told.set(command, db === 0 ? text : `${text}, in database ${db}`);
    }
  const vain = run.commands.filter(
    (command) =>
      command.db === 0 && effectOn(key, command) !== null && history.changed(command.index, key) === false,
  );
  for (const command of vain) told.set(command, whyNothing(run, command, key));
  return [...told].sort(([one], [other]) => one.index - other.index);
}

function whyNothing(run: RunView, command: TracedCommand, key: string): string {
  if (run.failed(command)) return 'did nothing: it was answered with an error';
  return run.history.wasThere(key, command.index, run.keyBefore(key))
    ? 'did nothing'
    : 'did nothing: there was no such key at that time';
}

/** What commands did to a key, as far as their words tell. */
function changesByWords(run: RunView, key: string): Change[] {
  const databases = new Set(
    run.keysBefore.filter((placed) => keyName(placed.key) === key).map(({ db }) => db),
  );
  // Where commands were left out, one of them may have made the key.
  const isComplete = isAtLeast(completenessFor(run.evidence.trace, aboutKey(key)), 'repeats');
  return run.commands.flatMap((command): Change[] => {
    const { name, args, db } = command;
    const effect = effectOn(key, command);
    if (effect === null) return [];
    if (run.failed(command)) return [[command, 'did nothing: it was answered with an error']];
    if (isComplete && NEEDS_KEY.test(name) && !databases.has(db)) {
      return [[command, 'did nothing: there was no such key at that time']];
    }
    if (name === 'FLUSHALL') databases.clear();
    else if (expiresAtOnce(name, args)) databases.delete(db);
    else if (REMOVES_KEY.test(name) || name === 'FLUSHDB' || (name === 'RENAME' && args[0] === key))
      databases.delete(db);
    else databases.add(db);
    return [[command, db === 0 ? effect : `${effect}, in database ${db}`]];
  });
}

/** Notes on some commands, each with what it did to the key that it names first; the first ones where there are many. */
export function effectsOf(run: RunView, commands: readonly TracedCommand[]): CommandNote[] {
  return commands
    .slice(0, SHOWN)
    .map((command) => run.note(command, effectOn(command.args[0] ?? '', command)));
}

/** Notes on some commands, without saying what they did; the first ones where there are many. */
export function notesOn(run: RunView, commands: readonly TracedCommand[]): CommandNote[] {
  return commands.slice(0, SHOWN).map((command) => run.note(command));
}
