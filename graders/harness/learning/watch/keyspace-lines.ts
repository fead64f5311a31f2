import { count } from '../../base/text/count.ts';
import { show, showArgument } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
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
  const ttl = key.expireAt === null ? '' : `, TTL ${Math.round((key.expireAt - now) / 1000)} s`;
  const head = (what: string) => `${style.bold(showArgument(key.key))}  ${style.dim(`${what}${ttl}`)}`;
  const indented = (elements: string[], noun: string) =>
    key.type === 'other'
      ? []
      : [
          ...elements.slice(0, ELEMENTS).map((line) => `    ${line}`),
          ...more(key.size - Math.min(elements.length, ELEMENTS), noun, style),
        ];
  switch (key.type) {
    case 'string': {
      const counted = key.hyperloglog === undefined ? 'string' : `HyperLogLog of about ${key.hyperloglog}`;
      return [head(counted), `    ${show(key.value)}`];
    }
    case 'list': {
      const items = key.items.map((item, index) => `${style.dim(String(index))}  ${show(item)}`);
      return [head(`list of ${count(key.size, 'element')}`), ...indented(items, 'element')];
    }
    case 'set':
      return [
        head(`set of ${count(key.size, 'member')}`),
        ...indented(
          key.members.map((member) => show(member)),
          'member',
        ),
      ];
    case 'zset': {
      const members = key.members.map(({ member, score }) => `${score.padStart(8)}  ${show(member)}`);
      return [head(`sorted set of ${count(key.size, 'member')}`), ...indented(members, 'member')];
    }
    case 'hash': {
      const names = key.fields.map(({ field }) => showArgument(field));
      const width = Math.min(24, Math.max(...names.map(({ length }) => length)));
      const fields = key.fields.map(
        ({ value }, index) => `${(names[index] ?? '').padEnd(width)}  ${show(value)}`,
      );
      return [head(`hash of ${count(key.size, 'field')}`), ...indented(fields, 'field')];
    }
    default:
      return [head(key.name)];
  }
}

function more(number: number, noun: string, style: Colors): string[] {
  return number > 0 ? [style.dim(`    … and ${count(number, `more ${noun}`)}`)] : [];
}
