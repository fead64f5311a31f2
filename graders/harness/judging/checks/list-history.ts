import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../base/bytes.ts';
import { completenessFor } from '../../evidence/completeness.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import type { PlacedKey } from './keyspace-index.ts';
import { keyName, type RunView } from './run-view.ts';
import { aboutCommands, aboutKey } from './trace-questions.ts';
import { type End, TwoEndedList } from './two-ended-list.ts';

/** The lists of database 0 at some time, by key; an empty list is no key. */
export type Lists = ReadonlyMap<string, readonly string[]>;

/** Longer lists are no set-up that was run again: a bound for scripts that push without end. */
const LONGEST = 100;
/** Still longer ones are not worked out: evidence does not hold what they would be compared with. */
const TOO_LONG = EvidenceLimits.elements;

/**
 * The states from which a script may have begun its work: what the set-up left, and what was there whenever
 * the script had run the challenge's set-up again by itself, over what was there or in its place. Such a state
 * has the list of the set-up at one of its ends, and nothing else than elements of set-ups.
 *
 * Where it is not known what each step changed, the states are worked out by what the commands do. Where
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
  if (listQuestions(run, keys).some((question) => completenessFor(run.evidence.trace, question) !== 'all'))
    return [before];
  const isSetUp = setUpTest(run, keys, before, leftovers);
  if (keys.every((key) => run.history.knows(key))) {
    const states = run.history.statesOf(keys, (key) => run.keyBefore(key));
    const later = states.map(
      (state) => new Map(keys.map((key) => [key, itemsOf(state.get(key) ?? undefined)])),
    );
    return [before, ...later.filter((lists) => isSetUp((key) => lists.get(key) ?? []))];
  }
  const lists: Growing = new Map([...before].map(([key, items]) => [key, new TwoEndedList(items)]));
  const later: Lists[] = [];
  for (const command of run.commands) {
    const step = STEPS[command.name];
    if (!step || run.failed(command) || (command.db !== 0 && command.name !== 'FLUSHALL')) continue;
    step(
      lists,
      command.args.map((arg) => arg ?? UNKNOWN),
    );
    if ((lists.get(command.args[0] ?? '')?.length ?? 0) > TOO_LONG) return [before];
    if (
      keys.every((key) => (lists.get(key)?.length ?? 0) <= LONGEST) &&
      isSetUp((key) => itemsIn(lists, key))
    )
      later.push(new Map(keys.map((key) => [key, itemsIn(lists, key)])));
  }
  const after = listsOf(run.keysAfter);
  const isRight = keys.every((key) => isDeepStrictEqual(itemsIn(lists, key), after.get(key) ?? []));
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
): (itemsAt: (key: string) => readonly string[]) => boolean {
  const setUp = keys.map((key) => ({ key, items: itemsOf(run.keyOfMainSetup(key)) }));
  const known = new Set([
    ...leftovers,
    ...setUp.flatMap(({ items }) => items),
    ...keys.flatMap((key) => before.get(key) ?? []),
  ]);
  return (itemsAt) =>
    setUp.every(({ key, items }) => {
      const found = itemsAt(key);
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

/** The lists while commands change them. */
type Growing = Map<string, TwoEndedList>;

type Step = (lists: Growing, args: string[]) => void;

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

function itemsIn(lists: Growing, key: string): string[] {
  return lists.get(key)?.toArray() ?? [];
}

function put(lists: Growing, key: string, end: End, items: readonly string[]): void {
  const found = lists.get(key) ?? new TwoEndedList();
  for (const item of items) found.put(end, item);
  lists.set(key, found);
}

function take(lists: Growing, key: string, end: End, number = 1): string[] {
  const found = lists.get(key);
  if (!found) return [];
  const taken: string[] = [];
  while (taken.length < number && found.length > 0) taken.push(found.take(end) ?? UNKNOWN);
  if (found.length === 0) lists.delete(key);
  return taken;
}

function move(lists: Growing, from: string, to: string, out: string, into: string): void {
  const taken = take(lists, from, endOf(out));
  if (taken.length > 0) put(lists, to, endOf(into), taken);
}

function endOf(word: string): End {
  return word.toUpperCase() === 'LEFT' ? 'LEFT' : 'RIGHT';
}

function remove(lists: Growing, keys: readonly string[]): void {
  for (const key of keys) lists.delete(key);
}
