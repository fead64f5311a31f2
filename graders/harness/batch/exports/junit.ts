import { junitXml, suiteOf, unjudgedSuite } from '../../report/formats/junit.ts';
import type { BatchResults } from '../results.ts';
import { lastGraded } from './status.ts';

/** JUnit's XML: a suite for each submission and challenge, in their order. */
export function junitOf(results: BatchResults): string {
  // A suite has a time, also one that nothing was done for.
  const last = new Date(lastGraded(results) ?? 0);
  return junitXml(
    results.rows.flatMap(({ id, cells }) =>
      cells.map(({ challenge, status, record }) => {
        const names = { name: `${id} ${challenge}`, classname: `${challenge}/${id}` };
        return record
          ? suiteOf(record.report, new Date(record.finishedAt), names)
          : unjudgedSuite(status, last, names);
      }),
    ),
    { prettyPrint: false },
  );
}
