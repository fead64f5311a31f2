import { isDeepStrictEqual } from 'node:util';
import { textOf, type Value } from '../../base/bytes.ts';
import { compareIds } from '../../evidence/data-types/index.ts';
import type { Keyspace, RunEvidence, TraceEntry } from '../../evidence/evidence.ts';

/** How far the id of an entry and the time of its XADD in the trace may be apart, in ms. */
const SLACK_MS = 2;

/** An XADD that has the server choose the id. */
interface Added {
  entry: TraceEntry;
  /** Where among its arguments `*` stands. */
  at: number;
  stream: string;
  ms: number;
  fields: readonly Value[];
}

/** An id that the run is known to have had; what the entry holds where it is still there. */
interface KnownId {
  id: string;
  fields: readonly Value[] | undefined;
}

/**
 * The ids that `XADD … *` chose in a run: its trace does not tell, and another time they would be others. What is
 * still there at the end tells, and what later commands name; for any other the time of the command does.
 */
export class EntryIds {
  readonly #ids = new Map<TraceEntry, { id: string; at: number }>();

  constructor({ trace, before, after }: Pick<RunEvidence, 'trace' | 'before' | 'after'>) {
    const all = trace.entries.flatMap((entry) => addedBy(entry) ?? []);
    if (all.length === 0) return;
    const named = idsNamedIn(trace.entries);
    for (const [stream, added] of grouped(all)) {
      const known = [...idsIn(after, stream), ...named.map((id) => ({ id, fields: undefined }))];
      const last = idsIn(before, stream).at(0)?.id ?? '0-0';
      this.#choose(added, distinct(known), last);
    }
  }

  /** The command with the id that it chose in the run. */
  withId(entry: TraceEntry, command: Buffer[]): Buffer[] {
    const chosen = this.#ids.get(entry);
    return chosen ? command.with(chosen.at, Buffer.from(chosen.id)) : command;
  }

  /** `known` are ids from the last down, `last` is the one before the first. */
  #choose(added: readonly Added[], known: readonly KnownId[], last: string): void {
    const found = recognised(added, known);
    // Of each, the next one from it on that is recognised.
    const later = [...found];
    for (let index = added.length - 2; index >= 0; index -= 1) later[index] ??= later[index + 1];
    let before = last;
    for (const [index, { entry, at, ms }] of added.entries()) {
      const id = found[index] ?? between(before, later[index], ms);
      this.#ids.set(entry, { id, at });
      before = id;
    }
  }
}

/** The ids of those that are known, in their order; both are gone through once, from the last on. */
function recognised(added: readonly Added[], known: readonly KnownId[]): (string | undefined)[] {
  const found = added.map((): string | undefined => undefined);
  let next = 0;
  for (const [index, one] of [...added.entries()].reverse()) {
    while (next < known.length && msOf(known[next]?.id) > one.ms + SLACK_MS) next += 1;
    let at = next;
    let candidate = known[at];
    // Behind those, all are of an earlier time.
    while (candidate && msOf(candidate.id) >= one.ms - SLACK_MS && !isOf(one, candidate))
      candidate = known[++at];
    if (!candidate || !isOf(one, candidate)) continue;
    found[index] = candidate.id;
    next = at + 1;
  }
  return found;
}

function isOf({ ms, fields }: Added, { id, fields: held }: KnownId): boolean {
  return Math.abs(msOf(id) - ms) <= SLACK_MS && (held === undefined || isDeepStrictEqual(held, fields));
}

/** The id that a server chooses at a time, behind one and before another. */
function between(before: string, later: string | undefined, ms: number): string {
  const wanted = following(before, ms);
  return later === undefined || compareIds(wanted, later) < 0 ? wanted : following(before, msOf(later));
}

function following(before: string, ms: number): string {
  const [time = '0', number = '0'] = before.split('-');
  return Number(time) < ms ? `${ms}-0` : `${time}-${BigInt(number) + 1n}`;
}

function addedBy(entry: TraceEntry): Added | undefined {
  const { args, db, source } = entry;
  // What Lua runs is not sent again: the call is.
  if (source === 'lua' || textOf(args[0])?.toUpperCase() !== 'XADD') return undefined;
  const at = placeOfId(args);
  if (textOf(args[at]) !== '*') return undefined;
  return {
    entry,
    at,
    stream: `${db} ${JSON.stringify(args[1])}`,
    ms: Math.floor(entry.at / 1000),
    fields: args.slice(at + 1),
  };
}

/** Where the id stands in `XADD key [NOMKSTREAM] [MAXLEN | MINID [= | ~] threshold [LIMIT count]] id field value …`. */
function placeOfId(args: readonly Value[]): number {
  const words = args.map((arg) => textOf(arg)?.toUpperCase() ?? '');
  let at = 2;
  for (;;) {
    const word = words[at] ?? '';
    if (word === 'NOMKSTREAM') at += 1;
    else if (word === 'LIMIT') at += 2;
    else if (word === 'MAXLEN' || word === 'MINID') at += /^[=~]$/.test(words[at + 1] ?? '') ? 3 : 2;
    else return at;
  }
}

/** The ids of a stream in a keyspace, with what the entries hold, from the last down; the last that it ever had is one. */
function idsIn({ databases }: Keyspace, stream: string): KnownId[] {
  for (const { index, keys } of databases)
    for (const key of keys)
      if (key.type === 'stream' && `${index} ${JSON.stringify(key.key)}` === stream)
        return [
          { id: key.lastId, fields: undefined },
          ...key.entries.map(({ id, fields }) => ({
            id,
            fields: fields.flatMap(({ field, value }) => [field, value]),
          })),
        ].sort((one, other) => compareIds(other.id, one.id));
  return [];
}

/** The ids that commands name. */
function idsNamedIn(entries: readonly TraceEntry[]): string[] {
  const names = entries.flatMap(({ args }) => args.flatMap((arg) => textOf(arg) ?? []));
  return [...new Set(names.filter((name) => /^\d{13}-\d{1,19}$/.test(name)))];
}

/** Each id once, from the last down: where it is known what an entry holds, that. */
function distinct(ids: readonly KnownId[]): KnownId[] {
  const found = new Map<string, KnownId>();
  for (const known of ids) if (found.get(known.id)?.fields === undefined) found.set(known.id, known);
  return [...found.values()].sort((one, other) => compareIds(other.id, one.id));
}

function grouped(all: readonly Added[]): Map<string, Added[]> {
  const groups = new Map<string, Added[]>();
  for (const added of all) {
    const group = groups.get(added.stream);
    if (group) group.push(added);
    else groups.set(added.stream, [added]);
  }
  return groups;
}

function msOf(id = '0-0'): number {
  return Number(id.split('-')[0]);
}
