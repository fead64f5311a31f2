import type { Bytes } from '../../../../base/bytes.ts';
import { changedKey } from '../../../../evidence/change.ts';
import { type AnyDataType, DATA_TYPE_NAMES, DATA_TYPES } from '../../../../evidence/data-types/index.ts';
import type { KeyChange, KeySnapshot, RunEvidence } from '../../../../evidence/evidence.ts';
import { commandText } from '../../../../judging/checks/traced-command.ts';
import { stepLine } from '../../../../judging/words/step-words.ts';
import type { ShownType, TravelData, TravelStep } from '../browser/time-travel/data.ts';
import { keyState, travelChange } from './key-data.ts';
import { idOf, type ShownStep } from './shown-steps.ts';
import { jsonBytes, LONGEST_INDEX, TextTable } from './text-table.ts';

/** Characters of a command where a step is named. */
const COMMAND_SHOWN = 80;
/** How much is listed of what no step changes: keys, and elements of each. */
const IDLE = { keys: 100, elements: 50 } as const;

const HYPERLOGLOG: ShownType = {
  title: 'HyperLogLog',
  noun: 'byte',
  nouns: 'bytes',
  columns: ['Value'],
  order: 'place',
};
const SHOWN_TYPES: Record<string, ShownType> = {
  ...Object.fromEntries(DATA_TYPE_NAMES.map((name) => [name, shownType(DATA_TYPES[name])])),
  hyperloglog: HYPERLOGLOG,
};

/** The types of which the keys are. */
function typesIn(start: TravelData['start'], steps: readonly TravelStep[]): TravelData['types'] {
  const heads = [...start, ...steps.flatMap(({ changes }) => changes.map(({ now }) => now))];
  const used = new Set(heads.flatMap((head) => head?.type ?? []));
  return Object.fromEntries(Object.entries(SHOWN_TYPES).filter(([name]) => used.has(name)));
}

function shownType({ title, element, elements, columns: [naming, beside], order }: AnyDataType): ShownType {
  return {
    title,
    noun: element,
    nouns: elements,
    columns: beside === null ? [naming] : [naming, beside],
    order,
  };
}

interface Key {
  id: string;
  db: number;
  name: Bytes;
  /** What it was when the script started; null if it was not there. */
  start: KeySnapshot | null;
}

/**
 * What the page's script needs to show the keyspace at each step: at most `room` bytes of JSON. If there are more,
 * it ends with an earlier step.
 */
export function travelData(run: RunEvidence, all: readonly ShownStep[], room: number): TravelData {
  const before = keysBefore(run);
  const { steps, keys } = withinRoom(run, before, all, room);
  const texts = new TextTable();
  const indices = new Map<string, number>();
  const write = () => ({
    names: keys.map(({ name }) => texts.name(name)),
    start: keys.map(({ start }) => start && keyState(start, texts, run.clock.serverStart)),
    steps: steps.map((step) => travelStep(step, run, texts, (id) => indices.get(id) ?? 0)),
  });
  // The first time, to learn which texts there are, and so in which order they are.
  write();
  const shown = texts.order();
  keys.sort((one, other) => one.db - other.db || texts.name(one.name) - texts.name(other.name));
  keys.forEach(({ id }, index) => {
    indices.set(id, index);
  });
  const { names, start, steps: written } = write();
  return {
    texts: shown,
    types: typesIn(start, written),
    keys: names.map((name, index) => [keys[index]?.db ?? 0, name]),
    start,
    steps: written,
    total: all.length,
    others: othersOf(run, keys),
  };
}

/** The first steps, as many as there is room for, the keys that they change, and some of those that they do not. */
function withinRoom(
  run: RunEvidence,
  before: ReadonlyMap<string, Key>,
  all: readonly ShownStep[],
  room: number,
): { steps: readonly ShownStep[]; keys: Key[] } {
  const texts = new TextTable();
  const keys = new Map<string, Key>();
  let left = room;
  /** Counts what a key takes, and what a step does. */
  const take = (added: readonly Key[], step?: ShownStep): boolean => {
    let bytes = step ? jsonBytes(travelStep(step, run, texts, () => LONGEST_INDEX)) : 0;
    for (const { db, name, start } of added) {
      bytes += jsonBytes([db, texts.name(name)]);
      bytes += jsonBytes(start && keyState(start, texts, run.clock.serverStart));
    }
    bytes += texts.takeGrowth();
    if (bytes > left) return false;
    left -= bytes;
    for (const key of added) keys.set(key.id, key);
    return true;
  };
  let covered = 0;
  for (const step of all) {
    if (!take(newKeys(step.step.changes, before, keys), step)) break;
    covered += 1;
  }
  let idle = 0;
  for (const key of before.values()) {
    if (idle === IDLE.keys) break;
    if (keys.has(key.id) || (key.start && elementCount(key.start) > IDLE.elements)) continue;
    if (!take([key])) break;
    idle += 1;
  }
  return { steps: all.slice(0, covered), keys: [...keys.values()] };
}

function newKeys(
  changes: readonly KeyChange[],
  before: ReadonlyMap<string, Key>,
  known: ReadonlyMap<string, Key>,
) {
  const found = new Map<string, Key>();
  for (const change of changes) {
    const name = changedKey(change);
    const id = idOf(change.db, name);
    if (!known.has(id)) found.set(id, before.get(id) ?? { id, db: change.db, name, start: null });
  }
  return [...found.values()];
}

function travelStep(
  { step, main, commands, words }: ShownStep,
  run: RunEvidence,
  texts: TextTable,
  indexOf: (id: string) => number,
): TravelStep {
  const { entries } = run.trace;
  const first = entries[commands[0] ?? main];
  const at = (entries[Math.min(main, entries.length - 1)]?.at ?? 0) / 1000;
  const line = first && commands.length > 0 && first.line !== null ? `, line ${first.line}` : '';
  const isTransaction = commands.length > 1 && commands.at(-1) === main;
  const text = first && commandText(first, COMMAND_SHOWN);
  const command = commands.length === 0 ? 'keys expired' : isTransaction ? `${text} … EXEC` : text;
  const result = stepLine(words);
  return {
    says: `${line}: ${command}${result && `; ${result}`}`,
    at: Math.max(0, Math.round(at - run.clock.serverStart)),
    changes: step.changes.map((change) =>
      travelChange(change, indexOf(idOf(change.db, changedKey(change))), texts, run.clock.serverStart),
    ),
  };
}

function keysBefore({ before }: RunEvidence): Map<string, Key> {
  return new Map(
    before.databases.flatMap(({ index: db, keys }) =>
      keys.map((start) => {
        const id = idOf(db, start.key);
        return [id, { id, db, name: start.key, start }] as const;
      }),
    ),
  );
}

/** How many keys there were from the start that are not listed. */
function othersOf({ before }: RunEvidence, listed: readonly Key[]): [number, number][] {
  return before.databases.flatMap(({ index, size }): [number, number][] => {
    const count = size - listed.filter(({ db, start }) => db === index && start !== null).length;
    return count > 0 ? [[index, count]] : [];
  });
}

function elementCount(key: KeySnapshot): number {
  return key.type === 'other' || key.type === 'string' ? 1 : key.size;
}
