/** The document as the reporter takes it: other fields are not read. */
export interface ReporterDocument {
  status: string;
  max_score: number;
  tests: {
    name: string;
    status: string;
    score: number;
    message?: string;
    test_code?: string;
    line_no?: number;
  }[];
}

/** What the reporter made of a document. */
interface ReporterOutcome {
  /** The text of the notice that gradebooks read; null where it sends none. */
  notice: string | null;
  /** What it sends, of what. */
  sent: { totalPoints: number; maxPoints: number } | null;
  /** The row of its table. */
  table: { score: number; maxScore: number };
  /** What it prints of the tests. */
  log: string;
  /** Why it has the job fail; null where it does not. */
  failure: string | null;
}

/** A variable of 128 KiB or more keeps Linux from starting a program: MAX_ARG_STRLEN of its binfmts.h. */
const VARIABLE_BYTES = 128 * 1024;

/**
 * Reads a result as classroom-resources/autograding-grading-reporter does, in our own words. `encoded` is what stands
 * in the variable of the runner `keyspace`.
 * Source: src/main.js, console-results.js, notify-classroom.js and helpers/test-helpers.js there, at 43c2d9f.
 */
export function readAsReporter(encoded: string): ReporterOutcome {
  if (`KEYSPACE_RESULTS=${encoded}`.length >= VARIABLE_BYTES) throw new Error('Argument list too long');
  const document = documentOfResult(encoded);
  const { tests, max_score, status } = document;
  const passed = tests.filter((test) => test.status === 'pass').length;
  // No `max_score` and one of 0 are the same to it.
  const sent = max_score
    ? { totalPoints: tests.reduce((sum, { score }) => sum + score, 0), maxPoints: max_score }
    : null;
  return {
    notice: sent && `Points ${sent.totalPoints}/${sent.maxPoints}`,
    sent,
    table: { score: (passed / tests.length) * (max_score || 0), maxScore: max_score || 0 },
    log: tests.map(linesOf).join('\n'),
    failure: status === 'fail' ? 'Some tests failed.' : status === 'error' ? 'Some tests errored.' : null,
  };
}

/** The document in a result. */
export function documentOfResult(encoded: string): ReporterDocument {
  return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as ReporterDocument;
}

function linesOf({ name, status, message, test_code, line_no }: ReporterDocument['tests'][number]): string {
  // A line that is left out is not hidden, unlike one of 0.
  const line = line_no === 0 ? '' : ` - line ${line_no}`;
  const head =
    status === 'error'
      ? `Error: ${message || `Failed to run test '${name}'`}\n`
      : `${status === 'pass' ? '✅' : '❌'} ${name}${line}`;
  return head + (test_code ? `\nTest code:\n${test_code}\n` : '');
}
