import type { KeyState, Told, TravelChange } from './data.ts';

export type Mark = 'added' | 'removed' | 'changed' | 'same';

/** An element of a key as it is shown at a step. */
export interface ElementRow {
  mark: Mark;
  /** The field, the member, or the index in a list; null for the value of a string. */
  name: string | null;
  /** The value or score now and before; null for none. */
  value: string | null;
  was: string | null;
}

/** Elements of a key that are shown. */
const SHOWN = 50;
/** Items of a long list that are shown before those that a step changed. */
const LEAD = 5;

/** The elements of a key at a step, those first that the step changed if there are too many. */
export function elementRows(
  state: KeyState,
  before: KeyState | null,
  change: TravelChange | null,
  { texts, types }: Told,
): ElementRow[] {
  const text = (index: number | undefined) => (index === undefined ? null : (texts[index] ?? ''));
  // All is new in a new key, and in one of another type.
  const mark = change && before?.type === state.type ? change : null;
  switch (state.type) {
    case 'other':
      return [];
    case 'string':
    case 'hyperloglog': {
      const [value, was] = [text(state.elements[0]), text(mark?.out[0])];
      const isChanged = mark !== null && state.elements[0] !== mark.out[0];
      return [{ mark: isChanged ? 'changed' : 'same', name: null, value, was: isChanged ? was : null }];
    }
    case 'list':
      return itemRows(state.elements, mark, text);
    default:
      return pairRows(state.elements, mark, types[state.type]?.columns.length ?? 1, text);
  }
}

type TextOf = (index: number | undefined) => string | null;

function itemRows(items: readonly number[], change: TravelChange | null, text: TextOf): ElementRow[] {
  const at = change?.at ?? 0;
  const came = change?.in.length ?? 0;
  const first = items.length > SHOWN ? Math.max(0, Math.min(at - LEAD, items.length - SHOWN)) : 0;
  const rows: ElementRow[] = [];
  const gone = (change?.out ?? [])
    .slice(0, SHOWN)
    .map((item): ElementRow => ({ mark: 'removed', name: null, value: text(item), was: null }));
  items.slice(first, first + SHOWN).forEach((item, place) => {
    const index = first + place;
    if (change && index === at) rows.push(...gone);
    const isNew = change !== null && index >= at && index < at + came;
    rows.push({ mark: isNew ? 'added' : 'same', name: String(index), value: text(item), was: null });
  });
  if (change && at >= items.length) rows.push(...gone);
  return rows;
}

/** Fields with their values, members with their scores, or members alone. */
function pairRows(
  elements: readonly number[],
  change: TravelChange | null,
  width: number,
  text: TextOf,
): ElementRow[] {
  const pairs = (list: readonly number[]) => {
    const found = new Map<number, number | undefined>();
    for (let at = 0; at < list.length; at += width)
      found.set(list[at] ?? 0, width === 2 ? list[at + 1] : undefined);
    return found;
  };
  const [out, came, now] = [pairs(change?.out ?? []), pairs(change?.in ?? []), pairs(elements)];
  const rows: ElementRow[] = [];
  for (const [name, value] of out)
    if (!came.has(name)) rows.push({ mark: 'removed', name: text(name), value: text(value), was: null });
  for (const [name, value] of now) {
    const mark: Mark = !came.has(name) ? 'same' : out.has(name) ? 'changed' : 'added';
    rows.push({
      mark,
      name: text(name),
      value: text(value),
      was: mark === 'changed' ? text(out.get(name)) : null,
    });
  }
  if (rows.length <= SHOWN) return rows;
  return [...rows.filter(({ mark }) => mark !== 'same'), ...rows.filter(({ mark }) => mark === 'same')].slice(
    0,
    SHOWN,
  );
}
