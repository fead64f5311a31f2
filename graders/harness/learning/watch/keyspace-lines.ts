import { count } from '../../base/text/count.ts';
import { show, showArgument } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import { DATA_TYPES, factsOf, type Item, itemsOf } from '../../evidence/data-types/index.ts';
import type { KeySnapshot, RunEvidence } from '../../evidence/evidence.ts';

/** Elements of a key that are shown, and keys of a database. */
const ELEMENTS = 50;
const KEYS = 500;

/** What a run left in the keyspace, key by key, for a learner to look at. */
export function keyspaceLines({ after, clock, lost }: RunEvidence, style: Colors): string[] {
  if (lost !== null) return ['The keyspace could not be read.'];
  if (after.databases.length === 0) return ['The keyspace is empty.'];
  return after.databases.flatMap(({ index, size, keys }) => [
    ...(index === 0 && after.databases.length === 1
      ? []
      : [style.bold(`Database ${index}, ${count(size, 'key')}`)]),
    ...keys.slice(0, KEYS).flatMap((key) => keyLines(key, clock.serverEnd, style)),
    ...more(size - Math.min(keys.length, KEYS), 'key', style),
  ]);
}

function keyLines(key: KeySnapshot, now: number, style: Colors): string[] {
  const head = (what: string) =>
    `${style.bold(showArgument(key.key))}  ${style.dim(`${what}${ttlInWords(key.expireAt, now)}`)}`;
  if (key.type === 'other') return [head(key.name)];
  if (key.type === 'string') {
    const counted = key.hyperloglog === undefined ? 'string' : `HyperLogLog of about ${key.hyperloglog}`;
    return [head(counted), `    ${show(key.value)}`];
  }
  const { title, element, elements } = DATA_TYPES[key.type];
  const lines = itemLines(key, now, style);
  const shown = lines.slice(0, ELEMENTS);
  return [
    head(`${title} of ${count(key.size, element, elements)}`),
    ...shown.map((line) => `    ${line}`),
    ...more(key.size - shown.length, element, style, elements),
    ...factsOf(key).map(([name, words]) => `    ${name}: ${words}`),
  ];
}

function itemLines(
  key: Exclude<KeySnapshot, { type: 'string' | 'other' }>,
  now: number,
  style: Colors,
): string[] {
  const items = itemsOf(key);
  const ttlOf = ({ expireAt }: Item) => style.dim(ttlInWords(expireAt ?? null, now));
  if (key.type === 'list')
    return items.map(({ name }, index) => `${style.dim(String(index))}  ${show(name)}`);
  if (key.type === 'set') return items.map(({ name }) => show(name));
  // Scores stand in front, so that they are under each other.
  if (key.type === 'zset')
    return items.map(({ name, beside }) => `${String(beside).padStart(8)}  ${show(name)}`);
  const names = items.map(({ name }) => showArgument(name));
  const width = Math.min(24, Math.max(...names.map(({ length }) => length)));
  const { hasWordsBeside } = DATA_TYPES[key.type];
  return items.map((item, index) => {
    const beside = hasWordsBeside ? String(item.beside) : show(item.beside ?? '');
    return `${(names[index] ?? '').padEnd(width)}  ${beside}${ttlOf(item)}`;
  });
}

function ttlInWords(expireAt: number | null, now: number): string {
  return expireAt === null ? '' : `, TTL ${Math.round((expireAt - now) / 1000)} s`;
}

function more(number: number, noun: string, style: Colors, nouns = `${noun}s`): string[] {
  return number > 0 ? [style.dim(`    … and ${count(number, `more ${noun}`, `more ${nouns}`)}`)] : [];
}
