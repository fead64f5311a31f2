import { textOf } from '../../base/bytes.ts';
import { completenessFor } from '../../evidence/completeness.ts';
import type { Evidence, KeySnapshot, RunEvidence, Step, UsedKey } from '../../evidence/evidence.ts';
import { errorInWords } from '../words/reply-words.ts';
import { type Asked, NOTHING_ASKED } from './asked.ts';
import { CommandIndex } from './command-index.ts';
import { type CommandPatterns, matchesCommand, patternNames } from './command-pattern.ts';
import type { CommandNote } from './finding.ts';
import { KeyspaceIndex, type PlacedKey } from './keyspace-index.ts';
import { RunHistory } from './run-history.ts';
import { ScriptLines } from './script-lines.ts';
import { isHandshake, type TracedCommand, tracedCommand } from './traced-command.ts';

/** What a view takes from the evidence beside the run. */
export interface ViewedEvidence {
  script: Pick<Evidence['script'], 'text' | 'language'>;
  runs: readonly RunEvidence[];
}

/** The position of a command that is not in the trace. */
const NEVER_RUN = -1;

/** One run as checks look at it: read-only, with the questions that they ask of it. */
export class RunView {
  /** What was seen of this run. */
  readonly evidence: RunEvidence;
  /** The main run; the run itself where that is the main one. */
  readonly main: RunEvidence;
  /** The script's source; null where it is not text. */
  readonly source: string | null;
  readonly language: string;
  /** What the checks of the grader ask for; nothing if no grader is known. */
  readonly asked: Asked;
  /** The keys after the set-up and before the script. */
  readonly keyspaceBefore: KeyspaceIndex;
  /** The keys after the script. */
  readonly keyspaceAfter: KeyspaceIndex;
  readonly #mainSetup: KeyspaceIndex;
  // What is worked out when it is first asked for, and kept for the checks that follow.
  #commands: readonly TracedCommand[] | undefined;
  #byName: CommandIndex | undefined;
  #errors: ReadonlyMap<number, string> | undefined;
  #neverRun: readonly TracedCommand[] | undefined;
  #lines: ScriptLines | undefined;
  #history: RunHistory | undefined;

  constructor(whole: ViewedEvidence, run: RunEvidence, asked = NOTHING_ASKED) {
    this.evidence = run;
    this.asked = asked;
    this.main = whole.runs.find((other) => other.variant === null) ?? run;
    this.source = whole.script.text;
    this.language = whole.script.language;
    this.keyspaceBefore = new KeyspaceIndex(run.before);
    this.keyspaceAfter = new KeyspaceIndex(run.after);
    this.#mainSetup = this.main === run ? this.keyspaceBefore : new KeyspaceIndex(this.main.before);
  }

  /** The commands that the script ran, in order. */
  get commands(): readonly TracedCommand[] {
    this.#commands ??= this.evidence.trace.entries.map(tracedCommand);
    return this.#commands;
  }

  /** The commands without those that client libraries send by themselves. */
  get ownCommands(): readonly TracedCommand[] {
    return this.commands.filter((command) => !isHandshake(command));
  }

  /** Those of the commands that are meant, in order. */
  matching(patterns: CommandPatterns): readonly TracedCommand[] {
    return this.named(patternNames(patterns)).filter((command) => matchesCommand(patterns, command));
  }

  /** The commands of these names (in upper case), in order. */
  named(names: Iterable<string>): readonly TracedCommand[] {
    this.#byName ??= new CommandIndex(this.commands);
    return this.#byName.named(names);
  }

  /** A key after the script; undefined where there is none. */
  key(name: string, db = 0): KeySnapshot | undefined {
    return this.keyspaceAfter.find(name, db);
  }

  /** A key after the set-up and before the script. */
  keyBefore(name: string, db = 0): KeySnapshot | undefined {
    return this.keyspaceBefore.find(name, db);
  }

  /** A key as the main run's set-up made it. */
  keyOfMainSetup(name: string, db = 0): KeySnapshot | undefined {
    return this.#mainSetup.find(name, db);
  }

  /** True for a key that a set-up made: this run's, or the main run's, which a script may run again. */
  isOfSetup({ key, db }: PlacedKey): boolean {
    const name = keyName(key) ?? '';
    return this.keyBefore(name, db) !== undefined || this.keyOfMainSetup(name, db) !== undefined;
  }

  /** All keys after the script, by database and by the bytes of their names. */
  get keysAfter(): readonly PlacedKey[] {
    return this.keyspaceAfter.all;
  }

  /** All keys before the script, in the same order. */
  get keysBefore(): readonly PlacedKey[] {
    return this.keyspaceBefore.all;
  }

  /** How the run came to its end, step by step. */
  get history(): RunHistory {
    this.#history ??= new RunHistory(this.evidence);
    return this.#history;
  }

  /** True for a command that is known to have been answered with an error. */
  failed(command: TracedCommand): boolean {
    if (command.line !== null && this.#errorLines.has(command.line)) return true;
    return this.history.replyTo(command.index)?.kind === 'error';
  }

  /** The commands of a command file that the server refused without running them, so that they are not in the trace. */
  get neverRun(): readonly TracedCommand[] {
    this.#neverRun ??= this.#refusedLines();
    return this.#neverRun;
  }

  /** What the server answered a command with that it refused; undefined for none, and if that is not known. */
  refusal(command: TracedCommand): string | undefined {
    const { line, index } = command;
    const reply = this.history.replyTo(index);
    const text =
      (line === null ? undefined : this.#errorLines.get(line)) ??
      (reply?.kind === 'error' ? reply.text : undefined);
    return text === undefined ? undefined : errorInWords(text);
  }

  /** For what a command used a key of its database; undefined where it is not known that it did. */
  useOf({ index, db }: TracedCommand, key: string): UsedKey | undefined {
    return this.history.usedBy(index).find((used) => used.db === db && textOf(used.key) === key);
  }

  /** True for a command that may change a key, or any: whether it did is for its history. */
  writes(command: TracedCommand, key: string): boolean {
    return this.useOf(command, key)?.writes !== undefined;
  }

  /**
   * True for a command that is known to have come to nothing: it was answered with nil or with an empty list, or it was
   * to write its first key and changed nothing of it.
   */
  cameToNothing(command: TracedCommand): boolean {
    const reply = this.history.replyTo(command.index);
    if (reply?.kind === 'nil' || reply?.kind === 'empty') return true;
    const [key] = command.args;
    return (
      reply?.text === '(integer) 0' &&
      typeof key === 'string' &&
      this.writes(command, key) &&
      this.history.changed(command.index, key, command.db) === false
    );
  }

  /** The address of the client that sent a command; `lua` for those of Lua scripts. */
  clientOf({ index }: TracedCommand): string | undefined {
    return this.evidence.trace.entries[index]?.source;
  }

  /** The commands of a step of the history. */
  commandsOf({ entry, entries }: Step): readonly TracedCommand[] {
    return this.commands.slice(entry, entry + entries);
  }

  /** A note on a command for the report. */
  note(command: TracedCommand, effect: string | null = null): CommandNote {
    const line = command.line ?? this.#lineOf(command);
    const { text, index } = command;
    return { line, command: text, effect, ...(index !== NEVER_RUN && { index }) };
  }

  /** The errors that lines of a command file were answered with. */
  get #errorLines(): ReadonlyMap<number, string> {
    this.#errors ??= new Map(
      (this.evidence.replies ?? []).flatMap(({ error, line, reply }) => (error ? [[line, reply]] : [])),
    );
    return this.#errors;
  }

  #refusedLines(): readonly TracedCommand[] {
    const { replies, trace } = this.evidence;
    const errors = replies?.filter(({ error }) => error) ?? [];
    // Of a trace that was cut nobody knows what is not in it.
    if (errors.length === 0 || trace.total > trace.entries.length) return [];
    const lines = new Set(this.commands.map(({ line }) => line));
    return errors
      .filter(({ line }) => !lines.has(line))
      .map(({ args, line }) => tracedCommand({ args, line, at: 0, db: 0, source: '' }, NEVER_RUN));
  }

  #lineOf(command: TracedCommand): number | null {
    // Of namesakes that were left out some may stand on these lines.
    const namesakes = { id: '', names: new Set([command.name]), concerns: () => true };
    if (!this.source || completenessFor(this.evidence.trace, namesakes) !== 'all') return null;
    this.#lines ??= new ScriptLines(this.source);
    return this.#lines.lineOf(command, this.named([command.name]));
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
