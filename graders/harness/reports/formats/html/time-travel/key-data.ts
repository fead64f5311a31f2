import { DATA_TYPES, factsOf, itemsOf } from '../../../../evidence/data-types/index.ts';
import type { KeyChange, KeySnapshot } from '../../../../evidence/evidence.ts';
import type { KeyHead, KeyState, TravelChange } from '../browser/time-travel/data.ts';
import { showBeside, showCount } from '../show-value.ts';
import type { TextTable } from './text-table.ts';

/** A key as the page's script has it. `start` is when the script started, Unix time in ms. */
export function keyState(key: KeySnapshot, texts: TextTable, start: number): KeyState {
  return {
    ...keyHead(key, start),
    elements: [...elementsOf(key, texts, start), ...factsOfKey(key, null, texts)],
  };
}

/** A change as the page's script has it, of the key with that index. */
export function travelChange(change: KeyChange, key: number, texts: TextTable, start: number): TravelChange {
  const { before, after, at, cut } = change;
  if (after === null) return { key, now: null, out: [], in: [] };
  const now = keyHead(after, start);
  const isWhole = before === null || keyHead(before, start).type !== now.type || isOneValue(after);
  return {
    key,
    now,
    out:
      before === null || cut
        ? []
        : [...elementsOf(before, texts, start), ...factsOfKey(before, after, texts)],
    in: cut ? [] : [...elementsOf(after, texts, start), ...factsOfKey(after, isWhole ? null : before, texts)],
    ...(isWhole && { whole: true }),
    ...(at !== undefined && { at }),
    ...(cut && { cut: true }),
  };
}

function keyHead(key: KeySnapshot, start: number): KeyHead {
  return {
    type: key.type === 'string' && key.hyperloglog !== undefined ? 'hyperloglog' : key.type,
    expires: key.expireAt === null ? null : key.expireAt - start,
    size: key.type === 'other' ? 0 : key.size,
  };
}

function isOneValue({ type }: KeySnapshot): boolean {
  return type === 'string' || type === 'other';
}

function elementsOf(key: KeySnapshot, texts: TextTable, start: number): number[] {
  if (key.type === 'string')
    return [key.hyperloglog === undefined ? texts.value(key.value) : texts.words(showCount(key.hyperloglog))];
  if (key.type === 'other') return [texts.words(key.name)];
  const type = DATA_TYPES[key.type];
  return itemsOf(key).flatMap(({ name, beside, expireAt }) => {
    if (type.order === 'place') return texts.value(name);
    if (beside === undefined) return texts.name(name);
    const isValue = !type.hasWordsBeside && expireAt === undefined;
    return [
      texts.name(name),
      isValue ? texts.value(beside) : texts.words(showBeside(type, beside, expireAt, start)),
    ];
  });
}

/** What a key holds beside its items, but for what is the same in another state of it. */
function factsOfKey(key: KeySnapshot, other: KeySnapshot | null, texts: TextTable): number[] {
  const theirs = new Map(other ? factsOf(other) : []);
  return factsOf(key)
    .filter(([name, words]) => theirs.get(name) !== words)
    .flatMap(([name, words]) => [texts.words(name), texts.words(words)]);
}
