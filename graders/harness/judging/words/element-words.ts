import type { Value } from '../../base/bytes.ts';
import { thousands } from '../../base/text/count.ts';
import {
  type AnyDataType,
  dataTypeOf,
  factsOf,
  type Item,
  itemsOf,
} from '../../evidence/data-types/index.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { timeInWords, ttlChangeInWords } from './ttl-words.ts';
import { valueInWords } from './value-words.ts';

type Of<Type extends KeySnapshot['type']> = Extract<KeySnapshot, { type: Type }>;

/** Elements that a sentence names. */
const NAMED = 3;

/**
 * What a change says of the elements of a key, a few words for each: `credits: 10000 → 9500`, `+ luke`, `− han`;
 * the first few of many, and how many more. `before` and `after` are of one type and list what differs; `index` is
 * that in a list from which on they do, `at` the time of the change, Unix time in ms.
 */
export function elementsInWords(
  before: KeySnapshot,
  after: KeySnapshot,
  index: number,
  at: number,
): string[] {
  if (after.type === 'string') return stringInWords(before as Of<'string'>, after);
  if (after.type === 'list') return itemsInWords(before as Of<'list'>, after, index);
  const type = dataTypeOf(after);
  // Of a type whose content is not recorded, all that can be told is that it differs.
  if (!type) return [];
  return [
    ...pairsInWords(itemsOf(before), itemsOf(after), type, at),
    ...factsInWords(factsOf(before), factsOf(after)),
  ];
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

function pairsInWords(
  before: readonly Item[],
  after: readonly Item[],
  type: AnyDataType,
  at: number,
): string[] {
  const idOf = ({ name }: Item) => JSON.stringify(name);
  const old = new Map(before.map((item) => [idOf(item), item]));
  const now = new Set(after.map(idOf));
  const makers = [
    ...after.map((item) => () => {
      const was = old.get(idOf(item));
      return was ? changedInWords(was, item, type, at) : addedInWords(item, type, at);
    }),
    ...before
      .filter((item) => !now.has(idOf(item)))
      .map(
        ({ name }) =>
          () =>
            `− ${valueInWords(name)}`,
      ),
  ];
  return firstOf(makers, type.elements);
}

function addedInWords({ name, beside, expireAt }: Item, type: AnyDataType, at: number): string {
  const holding = beside === undefined ? '' : `: ${besideInWords(beside, type)}`;
  const ttl = expireAt === undefined ? '' : `, TTL ${timeInWords(expireAt - at)}`;
  return `+ ${valueInWords(name)}${holding}${ttl}`;
}

function changedInWords(was: Item, { name, beside, expireAt }: Item, type: AnyDataType, at: number): string {
  const ttl = ttlChangeInWords(was.expireAt ?? null, expireAt ?? null, at);
  const isSame = JSON.stringify(was.beside) === JSON.stringify(beside);
  const value = isSame ? [] : [`${besideInWords(was.beside, type)} → ${besideInWords(beside, type)}`];
  return `${valueInWords(name)}: ${[...value, ...(ttl === null ? [] : [ttl])].join(', ')}`;
}

/** Characters of what stands beside an element, where it is told as it is. */
const BESIDE_SHOWN = 60;

function besideInWords(beside: Value = '', { hasWordsBeside }: AnyDataType): string {
  if (!hasWordsBeside || typeof beside !== 'string') return valueInWords(beside);
  return beside.length > BESIDE_SHOWN ? `${beside.slice(0, BESIDE_SHOWN)}…` : beside;
}

type Facts = readonly (readonly [name: string, words: string])[];

/** What a key holds beside its elements, such as the groups of a stream, where that changed. */
function factsInWords(before: Facts, after: Facts): string[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [
    ...after.flatMap(([name, words]) =>
      old.get(name) === words ? [] : [`${old.has(name) ? '' : '+ '}${name}: ${words}`],
    ),
    ...before.flatMap(([name]) => (now.has(name) ? [] : [`− ${name}`])),
  ];
}

function itemsInWords(before: Of<'list'>, after: Of<'list'>, at: number): string[] {
  const [old, now] = [before.items, after.items];
  if (old.length === now.length) {
    const changed = now.map(
      (item, index) => () => `[${at + index}]: ${valueInWords(old[index] ?? '')} → ${valueInWords(item)}`,
    );
    return firstOf(changed, 'items');
  }
  const gone = old.map((item) => () => `− ${valueInWords(item)}`);
  const added = now.map((item) => () => `+ ${valueInWords(item)}`);
  return [
    ...withPlace(firstOf(gone, 'items'), placeOf(at, old.length, before.size, 'from')),
    ...withPlace(firstOf(added, 'items'), placeOf(at, now.length, after.size, 'at')),
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

function firstOf(makers: readonly (() => string)[], nouns: string): string[] {
  // One more is no longer than saying that there is one more.
  const shown = makers.length === NAMED + 1 ? makers.length : NAMED;
  const words = makers.slice(0, shown).map((make) => make());
  const more = makers.length - words.length;
  return more > 0 ? [...words, `and ${thousands(more)} more ${nouns}`] : words;
}
