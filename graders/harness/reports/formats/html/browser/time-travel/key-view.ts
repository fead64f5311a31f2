import type { KeyHead, KeyState, ShownType, Told, TravelChange } from './data.ts';
import { type ElementRow, elementRows, type Mark } from './element-rows.ts';
import { amount, make, type Part, sign, unseen } from './make.ts';

/** A key at a step, and what the step did to it. */
export interface KeyAtStep {
  name: string;
  state: KeyState | null;
  before: KeyState | null;
  change: TravelChange | null;
}

const SIGNS: Record<Mark, string> = { added: '+', removed: '−', changed: '~', same: '·' };

/** What became of a key at a step. */
export function markOf({ state, before, change }: KeyAtStep): Mark {
  if (!change) return 'same';
  return state === null ? 'removed' : before === null ? 'added' : 'changed';
}

/**
 * Shows a key as it is at a step. What it holds is only made when it is unfolded: `at` is the time of the step,
 * in ms since the script started.
 */
export function keyView(key: KeyAtStep, at: number, told: Told, isOpen: boolean): HTMLLIElement {
  const { name, state, before } = key;
  const mark = markOf(key);
  const shown = state ?? before;
  const label: Part[] = [
    ...sign(SIGNS[mark], mark === 'same' ? '' : mark),
    make('code', 'name', name),
    ' ',
    make('span', 'type', shown ? inWords(shown, told) : ''),
    ' ',
    state && ttlView(state, before, at, mark),
  ];
  const item = make('li', `key ${mark}`);
  if (state === null || state.elements.length === 0 || state.type === 'other') {
    item.append(
      make('p', '', ...label),
      ...(key.change?.cut ? [note('It is too large to show what changed.')] : []),
    );
    return item;
  }
  const details = make('details', '', make('summary', '', ...label));
  const fill = () => {
    if (details.open && details.children.length === 1) details.append(...contentView(key, state, told));
  };
  details.addEventListener('toggle', fill);
  details.open = isOpen;
  fill();
  item.append(details);
  return item;
}

function contentView(key: KeyAtStep, state: KeyState, told: Told): Node[] {
  const rows = elementRows(state, key.before, key.change, told);
  const [row] = rows;
  if (state.type === 'other' || !row) return [];
  if (state.type === 'string' || state.type === 'hyperloglog')
    return [make('p', 'value', ...valueParts(row))];
  const more = state.size - rows.filter(({ mark }) => mark !== 'removed').length;
  const table = elementTable(key.name, rows, told.types[state.type]?.columns ?? ['Element']);
  return more > 0 ? [table, note(`and ${more.toLocaleString('en')} more`)] : [table];
}

function elementTable(name: string, rows: readonly ElementRow[], columns: ShownType['columns']): HTMLElement {
  const hasMarks = rows.some(({ mark }) => mark !== 'same');
  const head = make('tr', '');
  if (hasMarks) head.append(headCell(unseen('Change')));
  for (const column of columns) head.append(headCell(column ?? ''));
  const body = make('tbody', '');
  for (const row of rows) {
    const line = make('tr', row.mark);
    if (hasMarks)
      line.append(
        row.mark === 'same' ? make('td', '') : make('td', 'sign', ...sign(SIGNS[row.mark], row.mark)),
      );
    line.append(row.name === null ? make('td', '') : headCell(make('code', '', row.name), 'row'));
    if (columns.length > 1) line.append(make('td', '', ...valueParts(row)));
    body.append(line);
  }
  return make('table', 'elements', make('caption', 'unseen', name), make('thead', '', head), body);
}

function headCell(content: Part, scope: 'col' | 'row' = 'col'): HTMLElement {
  const cell = make('th', '', content);
  cell.scope = scope;
  return cell;
}

function valueParts({ mark, value, was }: ElementRow): Part[] {
  const now = make('code', '', value ?? '');
  if (mark === 'removed') return [make('del', '', now)];
  if (was === null) return [now];
  const arrow = make('span', '', '→');
  arrow.ariaHidden = 'true';
  return [make('del', '', make('code', '', was)), ' ', arrow, ' ', make('ins', '', now)];
}

function ttlView(state: KeyHead, before: KeyHead | null, at: number, mark: Mark): HTMLElement {
  const was = before?.expires ?? null;
  const isChanged = mark === 'changed' && was !== state.expires;
  const text = ttl(state.expires, at) + (isChanged ? ` (was ${was === null ? 'none' : ttl(was, at)})` : '');
  const tone = !isChanged ? 'same' : was === null ? 'added' : state.expires === null ? 'removed' : 'changed';
  return make('span', `ttl ${tone}`, text);
}

function ttl(expires: number | null, at: number): string {
  if (expires === null) return 'no TTL';
  const ms = expires - at;
  if (ms <= 0) return 'TTL over';
  return `TTL ${ms < 10_000 ? Number((ms / 1000).toFixed(2)) : Math.round(ms / 1000)} s`;
}

function inWords(state: KeyState, { texts, types }: Told): string {
  const type = types[state.type];
  if (!type) return texts[state.elements[0] ?? -1] ?? '';
  const { title, noun, nouns } = type;
  return state.type === 'hyperloglog' ? title : `${title}, ${amount(state.size, noun, nouns)}`;
}

function note(text: string): HTMLElement {
  return make('p', 'cut', text);
}
