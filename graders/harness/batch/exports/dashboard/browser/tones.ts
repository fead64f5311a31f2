import type { DataStatus } from './page-data.ts';

const TONES: Partial<Record<DataStatus, string>> = {
  passed: 'good',
  'in part': 'part',
  failed: 'bad',
  error: 'warn',
  pending: 'warn',
  'not gradable': 'warn',
};

/** The colours that a status has: those of idle things where it has none. */
export function toneOf(status: DataStatus): string {
  return TONES[status] ?? 'idle';
}
