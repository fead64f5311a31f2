import type { KeyChange, KeySnapshot } from '../../../../evidence/evidence.ts';
import type { KeyHead, KeyState, TravelChange } from '../browser/time-travel/data.ts';
import { showCount } from '../show-value.ts';
import type { TextTable } from './text-table.ts';

/** A key as the page's script has it. `start` is when the script started, Unix time in ms. */
export function keyState(key: KeySnapshot, texts: TextTable, start: number): KeyState {
  return { ...keyHead(key, start), elements: elementsOf(key, texts) };
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
    out: before === null || cut ? [] : elementsOf(before, texts),
    in: cut ? [] : elementsOf(after, texts),
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

function elementsOf(key: KeySnapshot, texts: TextTable): number[] {
  switch (key.type) {
    case 'string':
      return [
        key.hyperloglog === undefined ? texts.value(key.value) : texts.words(showCount(key.hyperloglog)),
      ];
    case 'list':
      return key.items.map((item) => texts.value(item));
    case 'set':
      return key.members.map((member) => texts.name(member));
    case 'zset':
      return key.members.flatMap(({ member, score }) => [texts.name(member), texts.words(score)]);
    case 'hash':
      return key.fields.flatMap(({ field, value }) => [texts.name(field), texts.value(value)]);
    case 'other':
      return [texts.words(key.name)];
  }
}
