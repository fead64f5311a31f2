import { resultsSchema } from '../batch/exports/results-document.ts';
import { EvidenceLimits } from '../evidence/limits.ts';
import { evidenceSchema } from '../evidence/schema.ts';
import { reportSchema } from '../report/schema.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { formatTables } from './format-tables.ts';

/** What is generated of the documents on formats: by file, what each of its marked regions holds. */
export function formatDocuments(): Record<string, Record<string, string>> {
  return {
    'docs/evidence.md': {
      limits: limitsTable(),
      evidence: formatTables(evidenceSchema(), 'The document', 3, {
        'runs[].process.stderr': '[as `stdout`](#runsprocessstdout)',
      }),
    },
    'docs/reports.md': {
      report: formatTables(reportSchema(), 'The report', 3, {
        environment: '[as in evidence](evidence.md#environment) or `null`',
      }),
      results: formatTables(resultsSchema(), 'The results', 3, {
        'rows[].cells[].record.report': '[a report](#the-report)',
        'rows[].submission.learner': '[as in its row](#rowslearner) or `null`',
        'faults[].learner': '[as in a row](#rowslearner) or `null`',
      }),
    },
  };
}

/** What each limit is about, in words. The order is that of the document. */
export const LIMITS_IN_WORDS: Readonly<Record<string, string>> = {
  keys: 'keys of one database; beside them those that checks name and those of the set-up, which are always there',
  keyspaceBytes: 'the keys of one database together',
  elements: 'elements of one list, set, sorted set or hash',
  keyspaceElements: 'elements of all of these in one database together',
  valueBytes: 'one value or argument',
  args: 'arguments of one command',
  traceHead: 'the first commands of the trace',
  traceHeadBytes: 'these, as MONITOR prints them',
  traceTail: 'the last commands of the trace',
  traceTailBytes: 'these, as MONITOR prints them',
  traceAskedHead: 'between them, the first commands that a check asks for',
  traceAskedHeadBytes: 'these, for all checks together',
  traceAskedTail: 'between them, the last commands that a check asks for',
  traceAskedTailBytes: 'these, for one check',
  traceLineBytes: 'one command, as MONITOR prints it',
  messages: 'published messages',
  messagesBytes: 'these together, with their channels',
  sourceBytes: "the script's source; a longer one is `null`",
};

/** What is kept of a run at most. */
function limitsTable(): string {
  const limits: Readonly<Record<string, number>> = EvidenceLimits;
  const rows = Object.entries(LIMITS_IN_WORDS).map(([limit, what]) => {
    const value = limits[limit] ?? 0;
    return `| ${what} | ${limit.endsWith('Bytes') ? size(value) : number(value)} |`;
  });
  const output = `| stdout, and stderr: the head and the tail | ${size(DEFAULT_LIMITS.outputBytes)} |`;
  return ['| what | at most |', '| --- | --- |', ...rows, output].join('\n');
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function size(bytes: number): string {
  const mebibyte = 1024 * 1024;
  return bytes >= mebibyte ? `${number(bytes / mebibyte)} MiB` : `${number(bytes / 1024)} KiB`;
}
