import { textOf } from '../../base/bytes.ts';
import { changeInWords } from '../words/change-words.ts';
import type { CommandNote } from './finding.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** How many commands a failed check shows at most. */
const SHOWN = 6;

/** A command, and what it did. */
type Change = [TracedCommand, string | null];

/**
 * The commands that changed a key, each with what it did; the last ones where there were many. Where it is not known
 * what commands did, those that name the key.
 */
export function changesOf(run: RunView, key: string): CommandNote[] {
  const changes = changesByHistory(run, key) ?? naming(run, key);
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
      const command =
        ran.findLast((one) => run.writes(one, key)) ??
        ran.findLast(({ args }) => args.includes(key)) ??
        ran[0];
      if (!command) continue;
      const text = change.after ? changeInWords(change, { at, expired: false }).text : 'removed the key';
      const placed = db === 0 ? text : `${text}, in database ${db}`;
      const before = told.get(command);
      told.set(command, before === undefined ? placed : `${before}; ${placed}`);
    }
  const vain = run.commands.filter(
    (command) =>
      command.db === 0 && run.writes(command, key) && history.changed(command.index, key) === false,
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

function naming(run: RunView, key: string): Change[] {
  return run.commands.flatMap((command): Change[] =>
    command.args.includes(key)
      ? [[command, run.failed(command) ? 'did nothing: it was answered with an error' : null]]
      : [],
  );
}

/** Notes on some commands, each with what it did to the first key that it may change; the first ones where there are many. */
export function effectsOf(run: RunView, commands: readonly TracedCommand[]): CommandNote[] {
  return commands.slice(0, SHOWN).map((command) => {
    const written = run.history.usedBy(command.index).find(({ writes }) => writes !== undefined);
    const changes = written && changesByHistory(run, textOf(written.key) ?? '');
    return run.note(command, changes?.find(([changed]) => changed === command)?.[1]);
  });
}

/** Notes on some commands, without saying what they did; the first ones where there are many. */
export function notesOn(run: RunView, commands: readonly TracedCommand[]): CommandNote[] {
  return commands.slice(0, SHOWN).map((command) => run.note(command));
}
