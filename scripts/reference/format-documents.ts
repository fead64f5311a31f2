import { list } from '../../graders/harness/base/text/count.ts';
import { resultsSchema } from '../../graders/harness/batch/schema.ts';
import { connectingText } from '../../graders/harness/challenges/missions/connecting.ts';
import { EvidenceLimits } from '../../graders/harness/evidence/limits.ts';
import { evidenceSchema } from '../../graders/harness/evidence/schema.ts';
import { reportSchema } from '../../graders/harness/judging/report/schema.ts';
import { DEFAULT_LIMITS } from '../../graders/harness/recording/script/limits.ts';
import { type KnownFormat, REPORT_FORMATS } from '../../graders/harness/reports/formats/index.ts';
import { formatTables } from './format-tables.ts';

/** What is generated of the documents on formats: by file, what each of its marked regions holds. */
export function formatDocuments(): Record<string, Record<string, string>> {
  return {
    'README.md': {
      formats: formatsTable(['for'], ({ told }) => [told.for]),
    },
    'docs/evidence.md': {
      limits: limitsTable(),
      evidence: formatTables(evidenceSchema(), 'The document', 3, {
        'runs[].process.stderr': '[as `stdout`](#runsprocessstdout)',
      }),
    },
    'docs/scripts.md': { connecting: connectingText() },
    'docs/reports.md': {
      formats: formatsTable(['one file for several challenges is', 'a fault of ours is'], ({ told }) => [
        told.several,
        told.fault,
      ]),
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

/** Every format of `--report`, with the file that it writes, and what else is told of it. */
function formatsTable(headings: string[], tell: (format: KnownFormat) => string[]): string {
  const rows = Object.entries<KnownFormat>(REPORT_FORMATS).map(([name, format]) => {
    const files = [format.file, ...(format.beside === undefined ? [] : [format.beside])];
    return [`\`${name}\``, list(files.map((file) => `\`${file}\``)), ...tell(format)];
  });
  const head = ['`--report`', 'file', ...headings];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What each limit is about, in words. The order is that of the document. */
export const LIMITS_IN_WORDS: Readonly<Record<string, string>> = {
  keys: 'keys of one database; beside them those that checks name and those of the set-up, which are always there',
  keyNameBytes: "a key's name; one with a longer name is counted, and not listed",
  elements: 'elements of one list, set, sorted set or hash',
  keyBytes: 'these together',
  keyspaceBytes: 'all keys of all databases together, with their names',
  keyspaceElements: 'elements of all of these',
  valueBytes: 'one value or argument',
  replies: 'replies to the commands of a file',
  replyBytes: 'one of them, as it is printed',
  repliesBytes: 'these together; a reply behind them is told by its length',
  replyArgsBytes: 'the commands that stand with them; no reply behind them is listed',
  traceHead: 'the first commands of the trace',
  traceHeadBytes: 'these, as MONITOR prints them',
  traceTail: 'the last commands of the trace',
  traceTailBytes: 'these, as MONITOR prints them',
  traceAskedHead: 'between them, the first commands that a check asks for',
  traceAskedHeadBytes: 'these, for all checks together',
  traceAskedTail: 'between them, the last commands that a check asks for',
  traceAskedTailBytes: 'these, for one check',
  traceLineBytes: 'one command, as MONITOR prints it: its arguments behind that are counted',
  messages: 'published messages',
  messagesBytes: 'these together, with their channels',
  answerBytes: 'the answer to one command that a check asks the server',
  answersBytes: 'these together; of an answer behind them only its length is told',
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
