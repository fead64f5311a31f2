import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { batchResults } from '../../testing/batch-results.ts';
import { CASE_NAMES, CASES } from '../../testing/format-cases.ts';
import { resultsSchema } from '../schema.ts';
import { junitOf } from './junit.ts';
import { resultsDocument } from './results-document.ts';

/** Everything that a report can be, somebody who did not submit, and somebody who is not graded yet. */
const RESULTS = batchResults([
  ...CASE_NAMES.map((name) => ({ id: name, reports: [CASES[name][0]?.report ?? null], late: 5 })),
  { id: 'waits', reports: [null] },
  { id: 'gone', reports: null },
]);

describe('resultsDocument', () => {
  it('fits its schema', () => {
    const ajv = new Ajv({ allErrors: true });
    formats.default(ajv);
    const fits = ajv.compile(resultsSchema());
    const document = JSON.parse([...resultsDocument(RESULTS)].join(''));
    fits(document);
    expect(fits.errors).toBeNull();
    expect(document).toEqual({ version: 1, ...RESULTS });
    document.rows[0].cells[0].score = 'many';
    expect(fits(document)).toBe(false);
  });
});

describe('junitOf', () => {
  it('fits the schema, with a suite for each submission and challenge', async () => {
    const xml = [...junitOf(RESULTS)].join('');
    const schema = readFileSync(
      join(import.meta.dirname, '../../reports/formats/contracts/junit.xsd'),
      'utf8',
    );
    expect((await validateXML({ xml, schema })).errors).toEqual([]);
    expect(xml.match(/<testsuite /g)).toHaveLength(RESULTS.rows.length);
    expect(xml).toContain('name="passed sessions/cantina"');
    expect(xml).toContain('classname="sessions.cantina.passed"');
    expect(xml).toContain('<skipped message="not submitted"/>');
    expect(xml).toContain('<skipped message="pending"/>');
  });
});
