import { junitXml, suiteOf, unjudgedSuite } from '../../report/formats/junit.ts';
import type { BatchResults } from '../results.ts';

/** JUnit's XML: a suite for each submission and challenge, in their order. */
export function junitOf({ rows }: BatchResults): string {
  return junitXml(
    rows.flatMap(({ id, cells }) =>
      cells.map(({ challenge, status, record }) => {
        const names = { name: `${id} ${challenge}`, classname: `${challenge}/${id}` };
        return record
          ? suiteOf(record.report, new Date(record.finishedAt), names)
          : unjudgedSuite(status, names);
      }),
    ),
  );
}
