import type { BatchRecord } from './schema.ts';

export type { BatchRecord };

/** What a record is about. */
export function recordKey({ submission, challenge }: Pick<BatchRecord, 'submission' | 'challenge'>): string {
  return `${challenge}\u0000${submission}`;
}
