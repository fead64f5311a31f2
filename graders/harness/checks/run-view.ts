import { compareValues, textOf, toBuffer } from '../evidence/bytes.ts';
import type { Evidence, KeySnapshot, Keyspace, RunEvidence } from '../evidence/evidence.ts';
import type { CommandNote } from './check.ts';
import { lineInScript } from './script-lines.ts';
import { isHandshake, type TracedCommand, tracedCommand } from './traced-command.ts';

/** A key of a keyspace, with the database that it is in. */
export interface PlacedKey {
  db: number;
  key: KeySnapshot;
}

/** One run as checks look at it: read-only, with the questions that they ask of it. */
export class RunView {
  readonly run: RunEvidence;
  /** The main run; the run itself where that is the main one. */
  readonly main: RunEvidence;
  /** The script's source; null where it is not text. */
  readonly source: string | null;
  readonly language: string;
  #commands: TracedCommand[] | undefined;
  #failedLines: ReadonlySet<number> | undefined;

  constructor(evidence: Evidence, run: RunEvidence) {
    this.run = run;
    this.main = evidence.runs.find((other) => other.variant === null) ?? run;
    this.source = evidence.script.text;
    this.language = evidence.script.language;
  }

  /** The commands that the script ran, in order. */
  get commands(): readonly TracedCommand[] {
    this.#commands ??= this.run.trace.entries.map(tracedCommand);
    return this.#commands;
  }

  /** The commands without those that client libraries send by themselves. */
  get ownCommands(): readonly TracedCommand[] {
    return this.commands.filter((command) => !isHandshake(command));
  }

  /** A key after the script; undefined where there is none. */
  key(name: string, db = 0): KeySnapshot | undefined {
    return findKey(this.run.after, name, db);
  }

  /** A key after the set-up and before the script. */
  keyBefore(name: string, db = 0): KeySnapshot | undefined {
    return findKey(this.run.before, name, db);
  }

  /** A key as the main run's set-up made it. */
  keyOfMainSetup(name: string, db = 0): KeySnapshot | undefined {
    return findKey(this.main.before, name, db);
  }

  /** True for a key that a set-up made: this run's, or the main run's, which a script may run again. */
  isOfSetup({ key, db }: PlacedKey): boolean {
    const name = keyName(key) ?? '';
    return this.keyBefore(name, db) !== undefined || this.keyOfMainSetup(name, db) !== undefined;
  }

  /** All keys after the script. */
  get keysAfter(): PlacedKey[] {
    return allKeys(this.run.after);
  }

  /** All keys before the script. */
  get keysBefore(): PlacedKey[] {
    return allKeys(this.run.before);
  }

  /** True for a command that is known to have been answered with an error: only command files tell. */
  failed(command: TracedCommand): boolean {
    this.#failedLines ??= new Set(
      (this.run.replies ?? []).flatMap(({ error, line }) => (error ? [line] : [])),
    );
    return command.line !== null && this.#failedLines.has(command.line);
  }

  /** The address of the client that sent a command; `lua` for those of Lua scripts. */
  clientOf({ index }: TracedCommand): string | undefined {
    return this.run.trace.entries[index]?.source;
  }

  /** A note on a command for the report. */
  note(command: TracedCommand, effect: string | null = null): CommandNote {
    const line = command.line ?? (this.source ? lineInScript(this.source, command, this.commands) : null);
    return { line, command: command.text, effect, index: command.index };
  }
}

/** The text of a hash field; undefined where it is not there or not text. */
export function fieldText(key: KeySnapshot | undefined, field: string): string | undefined {
  if (key?.type !== 'hash') return undefined;
  return textOf(key.fields.find((entry) => textOf(entry.field) === field)?.value);
}

/** The name of a key as text; undefined for bytes that are not text. */
export function keyName(key: KeySnapshot): string | undefined {
  return textOf(key.key);
}

function findKey(keyspace: Keyspace, name: string, db: number): KeySnapshot | undefined {
  const database = keyspace.databases.find((candidate) => candidate.index === db);
  const wanted = Buffer.from(name);
  return database?.keys.find((key) => toBuffer(key.key).equals(wanted));
}

function allKeys(keyspace: Keyspace): PlacedKey[] {
  return keyspace.databases.flatMap((database) =>
    [...database.keys]
      .sort((a, b) => compareValues(a.key, b.key))
      .map((key) => ({ db: database.index, key })),
  );
}
