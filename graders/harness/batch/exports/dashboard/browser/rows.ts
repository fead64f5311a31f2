import { byId } from '../../../../reports/formats/html/browser/page-elements.ts';
import type { DashboardData, DataCell, DataRow, DataStatus } from './page-data.ts';

/** The data of the page. */
export const data = JSON.parse(byId('data', HTMLScriptElement).text) as DashboardData;

/** A submitter's challenge. */
export interface Cell {
  status: DataStatus;
  score: number | null;
  /** A letter for each check. */
  checks: string;
  hasPage: boolean;
}

/** A submitter. */
export interface Row {
  name: string;
  id: string;
  /** All that one may search for, in lower case. */
  text: string;
  status: DataStatus;
  score: number | null;
  /** In seconds. */
  late: number | null;
  /** How long the scripts ran, in ms. */
  ran: number | null;
  /** In the order of the challenges. */
  cells: Cell[];
}

export const allRows: readonly Row[] = data.rows.map(rowOf);

/** The submitter's cell of a challenge, by its position. */
export function cellAt({ cells }: Row, challenge: number): Cell {
  const cell = cells[challenge];
  if (!cell) throw new Error(`There is no challenge ${challenge}.`);
  return cell;
}

function rowOf([name, id, also, status, score, late, ran, cells]: DataRow): Row {
  const text = [name, id, also].join(' ').toLowerCase();
  return { name, id, text, status, score, late, ran, cells: cells.map(cellOf) };
}

function cellOf([status, score, checks, page]: DataCell): Cell {
  return { status, score, checks, hasPage: page === 1 };
}
