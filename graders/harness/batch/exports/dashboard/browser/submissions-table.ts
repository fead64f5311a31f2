import { byId } from '../../../../reports/formats/html/browser/page-elements.ts';
import { element, linked, person, scoreBar, unseen } from './elements.ts';
import { LongTable } from './long-table.ts';
import { allRows, cellAt, data, type Row } from './rows.ts';
import { type OrderKey, order } from './selection.ts';
import { toneOf } from './tones.ts';

/** The table of submissions. */
export const submissionsTable = new LongTable<Row>(byId('submissions', HTMLElement), 'Submissions', 2.75);

interface Column {
  key: OrderKey;
  label: string;
  /** The class of its cells. */
  kind: string;
  title?: string;
}

const several = data.challenges.length > 1;
const columns: readonly Column[] = [
  { key: 'name', label: 'Learner', kind: 'name' },
  { key: 'points', label: 'Points', kind: 'points' },
  { key: 'status', label: 'Status', kind: 'state' },
  ...(several
    ? data.challenges.map(({ id, title }, key) => ({
        key,
        label: id.split('/').at(-1) ?? id,
        kind: 'one',
        title,
      }))
    : []),
  ...(allRows.some(({ late }) => (late ?? 0) > 0)
    ? [{ key: 'late', label: 'Late', kind: 'late' } as const]
    : []),
  { key: 'ran', label: 'Ran', kind: 'ran' },
];

/** Draws the head of the table: each heading orders the rows, and then calls `reordered`. */
export function drawSubmissionsHead(reordered: () => void): void {
  const cells = columns.map((column, index) =>
    headCell(column, () => {
      drawSubmissionsHead(reordered);
      reordered();
      submissionsTable.head.rows[0]?.cells[index]?.querySelector('button')?.focus();
    }),
  );
  submissionsTable.columns(
    cells,
    columns.map(({ kind }) => kind),
    tableRow,
  );
}

function headCell({ key, label, kind, title }: Column, reordered: () => void): HTMLElement {
  const isOrder = order.key === key;
  const sign = isOrder ? (order.isDescending ? '▼' : '▲') : '';
  const button = element(
    'button',
    { type: 'button', ...(title && { title }) },
    label,
    element('span', { 'aria-hidden': 'true', class: 'sign' }, sign),
  );
  button.addEventListener('click', () => {
    order.isDescending = isOrder ? !order.isDescending : key !== 'name' && key !== 'status';
    order.key = key;
    reordered();
  });
  const direction = order.isDescending ? 'descending' : 'ascending';
  return element('th', { scope: 'col', class: kind, 'aria-sort': isOrder ? direction : 'none' }, button);
}

function tableRow(row: Row): HTMLTableRowElement {
  return element('tr', {}, ...columns.map((column) => tableCell(row, column)));
}

function tableCell(row: Row, { key, kind }: Column): HTMLElement {
  const cell = (...content: (Node | string)[]) => element('td', { class: kind }, ...content);
  switch (key) {
    case 'name':
      return person(row, several ? null : 0);
    case 'status':
      return cell(element('span', { class: `status ${toneOf(row.status)}` }, data.statuses[row.status]));
    case 'points':
      return row.score === null ? cell('–') : cell(amount(row.score), scoreBar(row.score, data.maxScore));
    case 'late':
      return row.late !== null && row.late > 0 ? cell(duration(row.late)) : cell();
    case 'ran':
      return row.ran === null ? cell() : cell(`${(row.ran / 1000).toFixed(2)} s`);
    default: {
      const { status, score } = cellAt(row, key);
      const words = unseen(` points, ${data.statuses[status]}`);
      const points = cell(linked(row, key, String(score ?? '–'), words));
      points.classList.add(`tone-${toneOf(status)}`);
      return points;
    }
  }
}

function amount(score: number): HTMLElement {
  return element('span', { class: 'amount' }, String(score));
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
