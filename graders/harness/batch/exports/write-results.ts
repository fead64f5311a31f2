import { type FileContent, writeOutputFile } from '../../base/output-file.ts';
import { layout } from '../layout.ts';
import type { BatchResults } from '../results.ts';
import { canvasCsv } from './canvas.ts';
import { dashboard } from './dashboard/page.ts';
import { fromEvidence } from './from-evidence.ts';
import { githubClassroomCsv } from './github-classroom.ts';
import { junitOf } from './junit.ts';
import { moodleCsv } from './moodle.ts';
import { resultsCsv } from './results-csv.ts';
import { resultsDocument } from './results-document.ts';

/**
 * Writes everything that a batch's results are read from: documents for programs and gradebooks, a page for each
 * submission, and the dashboard that leads to them. The same results give the same files. Throws UsageError.
 */
export async function writeResults(out: string, results: BatchResults): Promise<void> {
  // One after the other, each gone from memory before the next is made, and the large ones in parts.
  const files: [string, () => FileContent | Promise<FileContent>][] = [
    ['results.json', () => resultsDocument(results)],
    ['results.csv', () => resultsCsv(results)],
    ['canvas.csv', () => canvasCsv(results)],
    ['moodle.csv', () => moodleCsv(results)],
    ['github-classroom.csv', () => githubClassroomCsv(results)],
    ['junit.xml', () => junitOf(results)],
    ['index.html', async () => dashboard(results, await fromEvidence(out, results))],
  ];
  for (const [name, make] of files) await writeOutputFile(layout(out).file(name), await make());
}
