import { junitParts, suiteOf, unjudgedSuite } from '../../reports/formats/junit.ts';
import type { BatchResults } from '../results.ts';
import { lastGraded } from './status.ts';

/** JUnit's XML, in parts: a suite for each submission and challenge, in their order. */
export function junitOf(results: BatchResults): Iterable<string> {
  // A suite has a time, also one that nothing was done for.
  const last = new Date(lastGraded(results) ?? 0);
  return junitParts(function* () {
    for (const { id, cells } of results.rows)
      for (const { challenge, status, record } of cells) {
        const names = { name: `${id} ${challenge}`, classname: [...challenge.split('/'), id] };
        yield record
          ? suiteOf(record.report, new Date(record.finishedAt), names)
          : unjudgedSuite(status, last, names);
      }
  });
}
