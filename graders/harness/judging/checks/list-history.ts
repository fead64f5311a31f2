import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../base/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import type { RunView } from './run-view.ts';

/** The lists of database 0 at some time, by key; an empty list is no key. */
export type Lists = ReadonlyMap<string, readonly string[]>;

/** Longer lists are no set-up that was run again: a bound for scripts that push without end. */
const LONGEST = 100;

/**
 * The states from which a script may have begun its work: what the set-up left, and what was there whenever
 * the script had run the challenge's set-up again by itself, over what was there or in its place. Such a state
 * has the list of the set-up at one of its ends, and nothing else than elements of set-ups.
 * Where it is not known what each step changed, only what the set-up left is told.
 *
 * @param leftovers Elements that a set-up run again may leave beside those of the lists.
 */
export function listStarts(
  run: RunView,
  keys: readonly string[],
  leftovers: readonly string[] = [],
): Lists[] {
  const listsIn = (keyOf: (key: string) => KeySnapshot | null | undefined) =>
    new Map(keys.map((key) => [key, itemsOf(keyOf(key) ?? undefined)]));
  const before = listsIn((key) => run.keyBefore(key));
  if (!keys.every((key) => run.history.knows(key))) return [before];
  const isSetUp = setUpTest(run, keys, before, leftovers);
  const later = run.history.statesOf(keys, (key) => run.keyBefore(key));
  return [before, ...later.map((state) => listsIn((key) => state.get(key))).filter(isSetUp)];
}

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

/** The elements of a list as texts; none for anything else than a list. */
export function itemsOf(key: KeySnapshot | undefined): string[] {
  return key?.type === 'list' ? key.items.map((item) => textOf(item) ?? UNKNOWN) : [];
}

/** Stands for an element that is no text. */
const UNKNOWN = '\u{fffd}';
