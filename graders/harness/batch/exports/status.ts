import { tellsNoScript } from '../../recording/submission/find.ts';
import type { BatchResults, ResultCell, ResultRow } from '../results.ts';

/** How all challenges of somebody went, in one word. */
export type RowStatus = ResultCell['status'] | 'in part';

/**
 * What is to be known first of a submitter: what is ours to mend before what is theirs. `in part`: some
 * challenge passed.
 */
export function statusOf({ cells }: ResultRow): RowStatus {
  const has = (status: ResultCell['status']) => cells.some((cell) => cell.status === status);
  if (has('not submitted')) return 'not submitted';
  for (const status of ['error', 'pending', 'not gradable'] as const) if (has(status)) return status;
  if (cells.every(({ status }) => status === 'passed')) return 'passed';
  if (cells.every(({ status }) => status === 'not started')) return 'not started';
  return has('passed') ? 'in part' : 'failed';
}

/** True where a challenge has no points, through no fault of the learner. */
export function isUngraded(status: RowStatus): boolean {
  return status === 'error' || status === 'pending' || status === 'not gradable';
}

/**
 * Why there is nothing that could be judged, or that could be graded, in one line: the first of the fault's;
 * undefined where something was judged, or nothing is there that could be.
 */
export function reasonOf({ status, record }: ResultCell): string | undefined {
  if (status === 'pending') return 'not graded yet';
  return record?.report.fault?.split('\n')[0];
}

/** True for a submission that holds a script which was refused: why is in its {@link reasonOf}. */
export function isRefused({ status, record }: ResultCell): boolean {
  const fault = record?.report.fault ?? null;
  return status === 'not started' && fault !== null && !tellsNoScript(fault);
}

/** The name that people know somebody by. */
export function nameOf({ learner, id }: ResultRow): string {
  return learner?.name || learner?.username || id;
}

/** When the last one was graded, ISO 8601; undefined where none is yet. */
export function lastGraded({ rows }: BatchResults): string | undefined {
  const times = rows.flatMap(({ cells }) => cells.flatMap(({ record }) => record?.finishedAt ?? []));
  return times.reduce<string | undefined>((last, time) => (last && last > time ? last : time), undefined);
}
