import { join } from 'node:path';

/** Where a batch's folder keeps things. */
export const layout = (out: string) => ({
  manifest: join(out, 'batch.json'),
  journal: join(out, 'journal.jsonl'),
  /** There while a process works on the folder. */
  lock: join(out, 'in-use'),
  /** Results, written anew whenever the batch ends. */
  file: (name: string) => join(out, name),
  /** Below `out`, with slashes, so that a folder can be moved to another system. */
  evidence: (challenge: string, submission: string) => `evidence/${challenge}/${submission}.json.gz`,
  page: (challenge: string, submission: string) => `reports/${challenge}/${submission}.html`,
});
