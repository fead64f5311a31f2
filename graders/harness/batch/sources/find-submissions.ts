import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Notify } from '../../engine/engine.ts';
import type { FoundSubmissions } from '../submission.ts';

/** Where submissions come from. */
export interface SourceOptions {
  /** A folder of submissions, a glob with a named part, or a roster. */
  submissions: string;
  roster?: string;
  /** A list of repositories to be fetched first. */
  clone?: string;
  deadline?: Date;
}

/** Finds whose work is to be graded. Throws UsageError. */
export async function findSubmissions(options: SourceOptions, _notify: Notify): Promise<FoundSubmissions> {
  const root = resolve(options.submissions);
  const entries = await readdir(root, { withFileTypes: true });
  const submissions = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ id: name, learner: null, path: join(root, name), commit: null }));
  return { submissions, notSubmitted: [], faults: [] };
}
