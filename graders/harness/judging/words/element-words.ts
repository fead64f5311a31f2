import type { Value } from '../../base/bytes.ts';
import { thousands } from '../../base/text/count.ts';
import { DATA_TYPES } from '../../evidence/data-types.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { valueInWords } from './value-words.ts';

type Of<Type extends KeySnapshot['type']> = Extract<KeySnapshot, { type: Type }>;

/** Elements that a sentence names. */
const NAMED = 3;

/**
 * What a change says of the elements of a key, a few words for each: `credits: 10000 → 9500`, `+ luke`, `− han`;
 * the first few of many, and how many more. `before` and `after` are of one type and list what differs; `at` is
 * the index in a list from which on they do.
 */
export function elementsInWords(before: KeySnapshot, after: KeySnapshot, at: number): string[] {
  switch (after.type) {
    case 'string':
      return stringInWords(before as Of<'string'>, after);
    case 'list':
      return itemsInWords(before as Of<'list'>, after, at);
    case 'set':
      return pairsInWords(
        (before as Of<'set'>).members.map((member) => [member, null]),
        after.members.map((member) => [member, null]),
        'member',
      );
    case 'zset':
      return pairsInWords(
        (before as Of<'zset'>).members.map(({ member, score }) => [member, score]),
        after.members.map(({ member, score }) => [member, score]),
        'member',
      );
    case 'hash':
      return pairsInWords(
        (before as Of<'hash'>).fields.map(({ field, value }) => [field, value]),
        after.fields.map(({ field, value }) => [field, value]),
        'field',
      );
    case 'other':
      // Of a type whose content is not recorded, all that can be told is that it differs.
      return [];
  }
}

function stringInWords(before: Of<'string'>, after: Of<'string'>): string[] {
  const [was, is] = [before.hyperloglog, after.hyperloglog];
  if (was !== undefined && is !== undefined) {
    return [was === is ? `still counts about ${is}` : `counts about ${is} (was ${was})`];
  }
  if (JSON.stringify(before.value) === JSON.stringify(after.value)) return [];
  const [old, now] = [valueInWords(before.value), valueInWords(after.value)];
  // What differs may be behind the part that is shown.
  return [old === now ? `its value changed, ${before.size} → ${after.size} bytes` : `${old} → ${now}`];
}

/** A field with its value, a member with its score, or a member alone. */
type Pair = readonly [name: Value, value: Value | null];

function pairsInWords(before: readonly Pair[], after: readonly Pair[], noun: string): string[] {
  const idOf = ([name]: Pair) => JSON.stringify(name);
  const old = new Map(before.map((pair) => [idOf(pair), pair]));
  const now = new Set(after.map(idOf));
  const makers = [
    ...after.map((pair) => () => {
      const [name, value] = pair;
      const was = old.get(idOf(pair))?.[1] ?? null;
      if (value === null) return `+ ${valueInWords(name)}`;
      if (was === null) return `+ ${valueInWords(name)}: ${valueInWords(value)}`;
      return `${valueInWords(name)}: ${valueInWords(was)} → ${valueInWords(value)}`;
    }),
    ...before.filter((pair) => !now.has(idOf(pair))).map((pair) => () => `− ${valueInWords(pair[0])}`),
  ];
  return firstOf(makers, noun);
}

function itemsInWords(before: Of<'list'>, after: Of<'list'>, at: number): string[] {
  const [old, now] = [before.items, after.items];
  if (old.length === now.length) {
    const changed = now.map(
      (item, index) => () => `[${at + index}]: ${valueInWords(old[index] ?? '')} → ${valueInWords(item)}`,
    );
    return firstOf(changed, DATA_TYPES.list.element);
  }
  const gone = old.map((item) => () => `− ${valueInWords(item)}`);
  const added = now.map((item) => () => `+ ${valueInWords(item)}`);
  return [
    ...withPlace(firstOf(gone, 'item'), placeOf(at, old.length, before.size, 'from')),
    ...withPlace(firstOf(added, 'item'), placeOf(at, now.length, after.size, 'at')),
  ];
}

function withPlace(words: readonly string[], place: string): string[] {
  return words.map((text, index) => (index === words.length - 1 ? `${text} ${place}` : text));
}

/** Where in a list of `size` items those from `at` on are. */
function placeOf(at: number, length: number, size: number, word: 'at' | 'from'): string {
  if (length === size) return '';
  if (at === 0) return `${word} the start`;
  return at + length === size ? `${word} the end` : `${word} index ${at}`;
}

function firstOf(makers: readonly (() => string)[], noun: string): string[] {
  // One more is no longer than saying that there is one more.
  const shown = makers.length === NAMED + 1 ? makers.length : NAMED;
  const words = makers.slice(0, shown).map((make) => make());
  const more = makers.length - words.length;
  return more > 0 ? [...words, `and ${thousands(more)} more ${noun}s`] : words;
}
