import { writeOutputFile } from '../../output-file.ts';
import { layout } from '../layout.ts';
import type { BatchResults } from '../results.ts';

/** Writes everything that a batch's results are read from. Throws UsageError. */
export async function writeResults(out: string, results: BatchResults): Promise<void> {
  await writeOutputFile(layout(out).file('results.json'), `${JSON.stringify(results, null, 2)}\n`);
}
