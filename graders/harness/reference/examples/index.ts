import { COLLECTION_EXAMPLES } from './collections.ts';
import type { CheckExample } from './example.ts';
import { KEY_EXAMPLES } from './strings-and-hashes.ts';
import { RUN_EXAMPLES } from './whole-run.ts';

export type { CheckExample };

/** One example for each kind of check, in the order of the kinds. */
export const CHECK_EXAMPLES: readonly CheckExample[] = [
  ...KEY_EXAMPLES,
  ...COLLECTION_EXAMPLES,
  ...RUN_EXAMPLES,
];
