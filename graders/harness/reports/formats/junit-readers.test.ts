import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { CASE_NAMES, CASES, type CaseName, CONTEXT } from '../../testing/format-cases.ts';
import { type ReadCase, readAsDorny, readAsMikepenz } from './contracts/junit-readers.ts';
import { junitFormat } from './junit.ts';

const SCRIPT = 'challenges/sessions/cantina/solution.py';

function documentOf(name: CaseName, context = CONTEXT): string {
  return String(junitFormat.files(CASES[name], 'junit.xml', context)[0]?.content);
}

/** What readers are to make of each check of a case. */
function expectedCases(name: CaseName): ReadCase[] {
  return CASES[name].flatMap(({ report: { checks, status } }) => {
    if (checks.length === 0)
      return [{ name: 'graded', result: status === 'error' ? ('failed' as const) : ('skipped' as const) }];
    return checks.map((check) => ({
      name: check.title,
      result: ({ passed: 'success', failed: 'failed', error: 'failed', skipped: 'skipped' } as const)[
        check.status
      ],
    }));
  });
}

describe.each(CASE_NAMES)('the case %s', (name) => {
  it('is the same to dorny/test-reporter and mikepenz/action-junit-report as to us', () => {
    const xml = documentOf(name);
    expect(readAsMikepenz(xml, () => true).cases).toEqual(expectedCases(name));
    expect(readAsDorny(xml).map((one) => one.case)).toEqual(expectedCases(name));
  });

  it('has no class name that parts where it is not to, or is a path', () => {
    for (const { group } of readAsDorny(documentOf(name))) expect(group).toMatch(/^[a-z-]+\.[^./\\]+$/);
  });
});

it.each(CASE_NAMES)('fits the strict schema of Jenkins’ xunit plugin without places: %s', async (name) => {
  const ours = await readFile(join(import.meta.dirname, 'contracts', 'junit.xsd'), 'utf8');
  // Its test cases have neither.
  const schema = ours.replaceAll(/^.*<xs:attribute name="(?:file|line)".*\n/gm, '');
  expect(schema.split('\n')).toHaveLength(ours.split('\n').length - 2);
  const { errors } = await validateXML({ xml: documentOf(name, { ...CONTEXT, root: null }), schema });
  expect(errors).toEqual([]);
});

describe('annotations', () => {
  const exists = (path: string) => path === SCRIPT;

  it('lead to the line of the script that did it', () => {
    const { annotations } = readAsMikepenz(documentOf('part'), exists);
    expect(annotations).toEqual([
      {
        path: SCRIPT,
        line: 3,
        title: `${SCRIPT}.The check ttl holds`,
        message: 'a TTL of 360 s',
      },
    ]);
  });

  it('lead to what kept the script from its work', () => {
    const { annotations } = readAsMikepenz(documentOf('crash'), exists);
    expect(annotations.map(({ path, line }) => `${path}:${line}`)).toEqual([`${SCRIPT}:1`, `${SCRIPT}:1`]);
  });

  it('lead to no other file where nothing was run', () => {
    const { annotations } = readAsMikepenz(documentOf('error'), exists);
    expect(annotations.map(({ path }) => path)).toEqual(['**/A session for the cantina.*']);
  });

  it('take no path of what a learner prints', () => {
    const { annotations } = readAsMikepenz(documentOf('hostile'), () => true);
    expect(annotations.map(({ path, line }) => [path, line])).toEqual([
      ['challenges/sessions/cantina/so`lu|tion<b>.py', 1],
    ]);
  });
});

it.each([
  ['where nothing is known of the repository', null],
  ['of a script outside of it', '/elsewhere'],
])('tells no file %s', (_, root) => {
  expect(documentOf('part', { ...CONTEXT, root })).not.toMatch(/ (?:file|line)="/);
});
