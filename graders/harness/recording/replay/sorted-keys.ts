import { textOf, toBuffer, toBytes, type Value } from '../../base/bytes.ts';
import { commandName } from '../../evidence/command-name.ts';
import { itemsOf } from '../../evidence/data-types/index.ts';
import type { KeySnapshot, TraceEntry, UsedKey } from '../../evidence/evidence.ts';

/** The types that SORT takes. Source: https://valkey.io/commands/sort/ */
const SORTABLE: ReadonlySet<KeySnapshot['type']> = new Set(['list', 'set', 'zset']);
/** So many keys of one command are told. */
const MOST = 1_000;

/** True for a command that looks at keys which are named for what is sorted. */
export function isSort({ args }: TraceEntry): boolean {
  return /^SORT(?:_RO)?$/.test(commandName(args));
}

/**
 * The keys that SORT looks at for its patterns, of which the server does not tell: those of GET are read, those of BY
 * are asked for the order. `states` tells what is sorted. What was put there in the same step is not known yet: its
 * words stand for it.
 */
export function sortedKeys(
  entries: readonly TraceEntry[],
  states: { of(db: number, key: Buffer): KeySnapshot | null },
): UsedKey[] {
  return entries.flatMap((entry, command) => {
    if (!isSort(entry)) return [];
    const { db, args } = entry;
    const patterns = patternsOf(args);
    if (patterns.length === 0) return [];
    const elements = [
      ...elementsOf(states.of(db, toBuffer(args[1] ?? ''))),
      ...entries.slice(0, command).flatMap((earlier) => earlier.args.slice(2)),
    ];
    const names = new Map<string, UsedKey>();
    for (const { head, tail, use } of patterns) {
      for (const element of elements.slice(0, MOST)) {
        const key = toBytes(Buffer.concat([Buffer.from(head), toBuffer(element), Buffer.from(tail)]));
        names.set(`${use} ${JSON.stringify(key)}`, { db, key, use, ...(command > 0 && { command }) });
      }
    }
    return [...names.values()].slice(0, MOST);
  });
}

interface Pattern {
  head: string;
  tail: string;
  use: 'read' | 'ask';
}

/** The patterns that name a key for each element: `BY nosort` and `GET #` name none. */
function patternsOf(args: readonly Value[]): Pattern[] {
  const words = args.map((arg) => textOf(arg) ?? '');
  const found: Pattern[] = [];
  for (let at = 2; at < words.length; at += 1) {
    const option = words[at]?.toUpperCase();
    if (option === 'LIMIT') at += 2;
    else if (option === 'STORE' || option === 'BY' || option === 'GET') {
      at += 1;
      const [name = ''] = (words[at] ?? '').split(/->(?=.)/);
      const star = name.indexOf('*');
      if (option === 'STORE' || star === -1) continue;
      found.push({
        head: name.slice(0, star),
        tail: name.slice(star + 1),
        use: option === 'GET' ? 'read' : 'ask',
      });
    }
  }
  return found;
}

/** The elements of what can be sorted. */
function elementsOf(state: KeySnapshot | null): readonly Value[] {
  return state && SORTABLE.has(state.type) ? itemsOf(state).map(({ name }) => name) : [];
}
