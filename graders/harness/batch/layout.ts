import { join } from 'node:path';

/**
 * What commands that work on the same batch at a time may share among them: `manifest` is what is graded and what
 * was put in a queue, `results` what came of it.
 */
export type BatchPart = 'manifest' | 'results';

/** Where a batch's folder keeps things. */
export const layout = (out: string) => ({
  manifest: join(out, 'batch.json'),
  journal: join(out, 'journal.jsonl'),
  /** A folder that is there while a process writes this part: see lock.ts. */
  lock: (part: BatchPart) => join(out, `${part}-in-use`),
  /** Results, written anew whenever the batch ends. */
  file: (name: string) => join(out, name),
  /** Below `out`, with slashes, so that a folder can be moved to another system. */
  evidence: (challenge: string, submission: string) => `evidence/${challenge}/${submission}.json.gz`,
  page: (challenge: string, submission: string) => `reports/${challenge}/${submission}.html`,
});
