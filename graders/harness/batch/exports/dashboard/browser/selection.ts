import { byId } from '../../../../reports/formats/html/browser/page-elements.ts';
import { searchWords } from '../../../../reports/formats/html/browser/search-words.ts';
import { allRows, cellAt, data, type Row } from './rows.ts';

/** What rows can be ordered by; a number is the position of a challenge. */
export type OrderKey = 'name' | 'status' | 'points' | 'late' | 'ran' | number;

const search = byId('search', HTMLInputElement);
const status = byId('status', HTMLSelectElement);
const shown = byId('shown', HTMLOutputElement);

const statusOrder = Object.keys(data.statuses);
const compareText = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

/** How the rows are ordered. */
export const order: { key: OrderKey; isDescending: boolean } = { key: 'points', isDescending: true };

/** Calls this whenever somebody searches or filters. */
export function onSelection(listener: () => void): void {
  search.addEventListener('input', listener);
  status.addEventListener('change', listener);
}

/** The rows that somebody searches for and filters, in their order; the page tells how many these are. */
export function selectedRows(): Row[] {
  const words = searchWords(search.value);
  const rows = allRows.filter((row) => hasStatus(row) && words.every((word) => row.text.includes(word)));
  shown.textContent = rows.length === allRows.length ? '' : `${rows.length} of ${allRows.length} shown`;
  return rows.sort(compareRows);
}

function hasStatus(row: Row): boolean {
  if (status.value === '') return true;
  return status.value === 'late' ? (row.late ?? 0) > 0 : row.status === status.value;
}

function compareRows(a: Row, b: Row): number {
  const [one, other] = [orderValue(a), orderValue(b)];
  return compareValues(one, other) || compareText(a.name, b.name);
}

/** What is not known stands last, whichever way it is sorted. */
function compareValues(one: string | number | null, other: string | number | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const by =
    typeof one === 'number' && typeof other === 'number'
      ? one - other
      : compareText(String(one), String(other));
  return order.isDescending ? -by : by;
}

function orderValue(row: Row): string | number | null {
  switch (order.key) {
    case 'name':
      return row.name;
    case 'status':
      return statusOrder.indexOf(row.status);
    case 'points':
      return pointsOf(row);
    case 'late':
      return row.late;
    case 'ran':
      return row.ran;
    default:
      return pointsOf(cellAt(row, order.key));
  }
}

function pointsOf({ status, score }: Pick<Row, 'status' | 'score'>): number | null {
  return status === 'not submitted' ? null : score;
}
