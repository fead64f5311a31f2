import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../evidence/bytes.ts';
import type { KeySnapshot } from '../evidence/evidence.ts';
import { knownOf } from '../evidence/left-out.ts';
import type { TraceQuestion } from '../evidence/trace-question.ts';
import type { PlacedKey } from './keyspace-index.ts';
import { keyName, type RunView } from './run-view.ts';
import { aboutCommands, aboutKey } from './trace-questions.ts';

/** The lists of database 0 at some time, by key; an empty list is no key. */
export type Lists = ReadonlyMap<string, readonly string[]>;

/** Longer lists are no set-up that was run again: a bound for scripts that push without end. */
const LONGEST = 100;

/**
 * The states from which a script may have begun its work: what the set-up left, and what was there whenever
 * the script had run the challenge's set-up again by itself, over what was there or in its place. Such a state
 * has the list of the set-up at one of its ends, and nothing else than elements of set-ups.
 *
 * The replies that commands got are not known, so the states are worked out by what the commands do. Where
 * that does not lead to what is there after the script, only what the set-up left is told.
 *
 * @param leftovers Elements that a set-up run again may leave beside those of the lists.
 */
export function listStarts(
  run: RunView,
  keys: readonly string[],
  leftovers: readonly string[] = [],
): Lists[] {
  const before = listsOf(run.keysBefore);
  // What is not known of one command is not known of all that follow.
  if (listQuestions(run, keys).some((question) => knownOf(run.run.trace, question) !== 'all'))
    return [before];
  const isSetUp = setUpTest(run, keys, before, leftovers);
  const lists = new Map([...before].map(([key, items]) => [key, [...items]]));
  const later: Lists[] = [];
  for (const command of run.commands) {
    const step = STEPS[command.name];
    if (!step || run.failed(command) || (command.db !== 0 && command.name !== 'FLUSHALL')) continue;
    step(
      lists,
      command.args.map((arg) => arg ?? UNKNOWN),
    );
    if (isSetUp(lists)) later.push(new Map(keys.map((key) => [key, [...(lists.get(key) ?? [])]])));
  }
  const after = listsOf(run.keysAfter);
  const isRight = keys.every((key) => isDeepStrictEqual(lists.get(key) ?? [], after.get(key) ?? []));
  return isRight ? [before, ...later] : [before];
}

/** What must be known of the trace to work out what lists held: each command on them, and on lists that came to them. */
export function listQuestions(run: RunView, keys: readonly string[]): TraceQuestion[] {
  const isOne = (key: string | null | undefined) => typeof key === 'string' && keys.includes(key);
  const comesFromElsewhere = run.named(MOVES).some(({ args: [from, to] }) => isOne(to) && !isOne(from));
  const all = comesFromElsewhere ? [aboutCommands({ command: Object.keys(STEPS) })] : [];
  return [...keys.map(aboutKey), ...all];
}

const MOVES = ['LMOVE', 'BLMOVE', 'RPOPLPUSH', 'BRPOPLPUSH'];

function setUpTest(
  run: RunView,
  keys: readonly string[],
  before: Lists,
  leftovers: readonly string[],
): (lists: Lists) => boolean {
  const setUp = keys.map((key) => ({ key, items: itemsOf(run.keyOfMainSetup(key)) }));
  const known = new Set([
    ...leftovers,
    ...setUp.flatMap(({ items }) => items),
    ...keys.flatMap((key) => before.get(key) ?? []),
  ]);
  return (lists) =>
    setUp.every(({ key, items }) => {
      const found = lists.get(key) ?? [];
      if (found.length < items.length || found.length > LONGEST) return false;
      const ends = [found.slice(0, items.length), found.slice(found.length - items.length)];
      return found.every((item) => known.has(item)) && ends.some((end) => isDeepStrictEqual(end, items));
    });
}

function listsOf(keys: readonly PlacedKey[]): Lists {
  return new Map(
    keys.flatMap(({ db, key }) =>
      db === 0 && key.type === 'list' ? [[keyName(key) ?? '', itemsOf(key)] as const] : [],
    ),
  );
}

/** The elements of a list as texts; none for anything else than a list. */
export function itemsOf(key: KeySnapshot | undefined): string[] {
  return key?.type === 'list' ? key.items.map((item) => textOf(item) ?? UNKNOWN) : [];
}

/** Stands for an element that is no text. */
const UNKNOWN = '\u{fffd}';

type Step = (lists: Map<string, string[]>, args: string[]) => void;

const STEPS: Record<string, Step> = {
  LPUSH: (lists, [key = '', ...items]) => put(lists, key, 'LEFT', items),
  RPUSH: (lists, [key = '', ...items]) => put(lists, key, 'RIGHT', items),
  LPUSHX: (lists, [key = '', ...items]) => lists.has(key) && put(lists, key, 'LEFT', items),
  RPUSHX: (lists, [key = '', ...items]) => lists.has(key) && put(lists, key, 'RIGHT', items),
  LPOP: (lists, [key = '', number = '1']) => take(lists, key, 'LEFT', Number(number)),
  RPOP: (lists, [key = '', number = '1']) => take(lists, key, 'RIGHT', Number(number)),
  LMOVE: (lists, [from = '', to = '', out = '', into = '']) => move(lists, from, to, out, into),
  BLMOVE: (lists, [from = '', to = '', out = '', into = '']) => move(lists, from, to, out, into),
  RPOPLPUSH: (lists, [from = '', to = '']) => move(lists, from, to, 'RIGHT', 'LEFT'),
  BRPOPLPUSH: (lists, [from = '', to = '']) => move(lists, from, to, 'RIGHT', 'LEFT'),
  DEL: remove,
  UNLINK: remove,
  FLUSHDB: (lists) => lists.clear(),
  FLUSHALL: (lists) => lists.clear(),
};

function put(lists: Map<string, string[]>, key: string, end: string, items: readonly string[]): void {
  const found = lists.get(key) ?? [];
  for (const item of items) end.toUpperCase() === 'LEFT' ? found.unshift(item) : found.push(item);
  lists.set(key, found);
}

function take(lists: Map<string, string[]>, key: string, end: string, number = 1): string[] {
  const found = lists.get(key) ?? [];
  const taken =
    end.toUpperCase() === 'LEFT' ? found.splice(0, number) : found.splice(-number, number).reverse();
  if (found.length === 0) lists.delete(key);
  return taken;
}

function move(lists: Map<string, string[]>, from: string, to: string, out: string, into: string): void {
  const taken = take(lists, from, out);
  if (taken.length > 0) put(lists, to, into, taken);
}

function remove(lists: Map<string, string[]>, keys: readonly string[]): void {
  for (const key of keys) lists.delete(key);
}
