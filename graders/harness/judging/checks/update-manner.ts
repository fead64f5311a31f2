import { TRANSACTION_ENDS } from '../../evidence/command-name.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { requireInTrace } from './require-in-trace.ts';
import type { RunView } from './run-view.ts';
import { aboutKey } from './trace-questions.ts';
import type { TracedCommand } from './traced-command.ts';

/** How a script came to the new value of a number in a key, as the trace tells. */
export type UpdateManner =
  /** In one step: nothing can have changed the field between reading and writing it. */
  | 'atomic'
  /** Read, then written back by a Lua script that does not read the field itself. */
  | 'race in Lua'
  /** Read, then written back: what another client changed in between is lost. */
  | 'race'
  /** As `race`, in a transaction, which alone does not keep others from changing the field before it. */
  | 'race in a transaction'
  /** As `race in a transaction`: the key was watched, but by another connection. */
  | 'watched elsewhere'
  /** As `race`: the key was watched only after the field had been read. */
  | 'watched too late'
  /** Written without having been read. */
  | 'blind';

/** A command that gave a number in a key a new value. */
export interface FieldUpdate {
  manner: UpdateManner;
  command: TracedCommand;
  /** The read that the value was worked out from; undefined for none. */
  read: TracedCommand | undefined;
}

/** A number in a key: what the commands on that key do to it. */
export interface Place {
  key: string;
  /** True for a command that names the key; one whose first argument it is, where this is left out. */
  names?(command: TracedCommand): boolean;
  /** True for a command that reads, adds and writes by itself. */
  addsTo(command: TracedCommand): boolean;
  /** True for a command that gives it another value than a set-up did. */
  writes(command: TracedCommand): boolean;
  reads(command: TracedCommand): boolean;
  /** The number in a state of the key; undefined for none. */
  value(key: KeySnapshot | undefined): string | number | undefined;
  /** True for a number that is no update, such as that of a set-up that was run again. */
  isSetUp(value: string | number): boolean;
}

/** The commands that gave a number another value, each with how: in one pass, however long the trace is. */
export function updatesOf(run: RunView, place: Place): FieldUpdate[] {
  requireInTrace(run, aboutKey(place.key));
  const found: FieldUpdate[] = [];
  const earlier = new Earlier(run, place);
  const updates = updatesByHistory(run, place) ?? updatesByWords(run, place);
  for (const command of run.commands) {
    if (updates.has(command))
      found.push(
        isOn(command, place) && place.addsTo(command)
          ? { manner: 'atomic', command, read: undefined }
          : earlier.judge(command),
      );
    earlier.add(command);
  }
  return found;
}

/** The commands that gave the number another value, as their words tell. */
function updatesByWords(run: RunView, place: Place): Set<TracedCommand> {
  return new Set(
    run.commands.filter(
      (command) =>
        command.db === 0 &&
        isOn(command, place) &&
        !run.failed(command) &&
        (place.addsTo(command) || place.writes(command)),
    ),
  );
}

/** The same as what each step changed tells, whatever the commands are called; undefined where that is not known. */
function updatesByHistory(run: RunView, place: Place): Set<TracedCommand> | undefined {
  const { key } = place;
  if (!run.history.knows(key)) return undefined;
  const found = new Set<TracedCommand>();
  for (const { step, change } of run.history.changesOf(key)) {
    // What does not differ is not listed.
    const next = place.value(change.after ?? undefined);
    if (next === undefined || next === place.value(change.before ?? undefined)) continue;
    const commands = run.commandsOf(step);
    const on = commands.filter((command) => command.db === 0 && isOn(command, place));
    const telling = on.filter((command) => place.addsTo(command) || place.writes(command));
    if (place.isSetUp(next) && !telling.some(place.addsTo)) continue;
    for (const command of telling.length > 0 ? telling : (on.length > 0 ? on : commands).slice(-1))
      found.add(command);
  }
  return found;
}

function isOn(command: TracedCommand, { key, names }: Place): boolean {
  return names ? names(command) : command.args[0] === key;
}

const ENDS_WATCH = new Set(['UNWATCH', ...TRANSACTION_ENDS]);
const RUNS_LUA = new Set(['EVAL', 'EVALSHA', 'FCALL']);

/** What one connection has done. */
interface Client {
  /** Its first WATCH of the key since the last one was released. */
  watch: TracedCommand | undefined;
  /** True where it ever watched the key. */
  watched: boolean;
  /** Its open transaction, with what it knew when that began: what it reads inside, it knows only after it. */
  transaction: (Pick<FieldUpdate, 'read'> & Pick<Client, 'watch'>) | undefined;
}

/** What came before a command, as far as it says how a number is written. */
class Earlier {
  readonly #run: RunView;
  readonly #place: Place;
  readonly #clients = new Map<string | undefined, Client>();
  #read: TracedCommand | undefined;
  #call: TracedCommand | undefined;
  #watched = false;

  constructor(run: RunView, place: Place) {
    this.#run = run;
    this.#place = place;
  }

  add(command: TracedCommand): void {
    const { name, args, lua } = command;
    if (!lua && RUNS_LUA.has(name)) this.#call = command;
    if (name === 'MULTI') {
      const client = this.#clientOf(command);
      client.transaction = { read: this.#read, watch: client.watch };
    } else if (ENDS_WATCH.has(name)) {
      const client = this.#clientOf(command);
      client.transaction = undefined;
      client.watch = undefined;
    } else if (name === 'WATCH' && command.db === 0 && args.includes(this.#place.key)) {
      const client = this.#clientOf(command);
      client.watch ??= command;
      client.watched = true;
      this.#watched = true;
    }
    if (command.db === 0 && isOn(command, this.#place) && this.#place.reads(command)) this.#read = command;
  }

  /** How a command writes, by what was added before it. */
  judge(command: TracedCommand): FieldUpdate {
    if (command.lua) {
      const read = this.#read;
      const inside = read !== undefined && this.#call !== undefined && read.index > this.#call.index;
      return { manner: inside ? 'atomic' : read ? 'race in Lua' : 'blind', command, read };
    }
    const { transaction, watched } = this.#clientOf(command);
    if (!transaction) return { manner: this.#read ? 'race' : 'blind', command, read: this.#read };
    const { read, watch } = transaction;
    if (!read) return { manner: 'blind', command, read };
    if (!watch) {
      const elsewhere = !watched && this.#watched;
      return { manner: elsewhere ? 'watched elsewhere' : 'race in a transaction', command, read };
    }
    return { manner: watch.index < read.index ? 'atomic' : 'watched too late', command, read };
  }

  #clientOf(command: TracedCommand): Client {
    const source = this.#run.clientOf(command);
    let client = this.#clients.get(source);
    if (client === undefined) {
      client = { watch: undefined, watched: false, transaction: undefined };
      this.#clients.set(source, client);
    }
    return client;
  }
}
