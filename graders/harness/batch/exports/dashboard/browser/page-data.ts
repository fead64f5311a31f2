/** What the page's script makes the tables of, as JSON; short lists, since there may be thousands of rows. */
export interface DashboardData {
  maxScore: number;
  challenges: { id: string; title: string; points: number; checks: { id: string; title: string }[] }[];
  rows: DataRow[];
  /** The statuses in words, in the order in which they are told. */
  statuses: Record<DataStatus, string>;
}

/** Name, id, what else one may search for, status, points, seconds late, ms that the scripts ran, challenges. */
export type DataRow = [
  name: string,
  id: string,
  also: string,
  status: DataStatus,
  score: number | null,
  late: number | null,
  ran: number | null,
  cells: DataCell[],
];

/** Status, points, a letter for each check of the challenge, and whether there is a page (1) or not (0). */
export type DataCell = [status: DataStatus, score: number | null, checks: string, page: 0 | 1];

/** How somebody's challenges went. */
export type DataStatus =
  | 'passed'
  | 'in part'
  | 'failed'
  | 'not started'
  | 'not submitted'
  | 'error'
  | 'not gradable'
  | 'pending';

/** How a check went: passed, failed, skipped, an error; `-`: there is nothing to judge. */
export type CheckLetter = 'p' | 'f' | 's' | 'e' | '-';
