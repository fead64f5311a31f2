import type { Change } from './keyspace-diff.ts';

/** The sign of each change, for the eye. */
export const SIGNS: Record<Change, string> = { added: '+', removed: '−', changed: '~', same: '·' };
