import type { BatchResults } from '../results.ts';
import type { ResultsDocument } from '../schema.ts';

/** The results of a batch as a document for programs, in parts: a row is in memory at a time. */
export function* resultsDocument({ rows, ...others }: BatchResults): Generator<string> {
  const frame: ResultsDocument = { version: 1, ...others, rows: [] };
  const [before = '', after = ''] = JSON.stringify(frame, null, 2).split(/(?<="rows": \[)(?=\])/);
  yield before;
  for (const [index, row] of rows.entries())
    yield `${index > 0 ? ',' : ''}${indented(JSON.stringify(row, null, 2), '    ')}`;
  yield `${rows.length > 0 ? '\n  ' : ''}${after}\n`;
}

function indented(text: string, by: string): string {
  return `\n${text}`.replaceAll('\n', `\n${by}`);
}
