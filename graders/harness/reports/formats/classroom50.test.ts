import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { CASES, type CaseName, CLASSROOM50, CONTEXT } from '../../testing/format-cases.ts';
import { refusalOfResult } from './contracts/classroom50-runner.ts';
import { totalOf } from './format.ts';
import { REPORT_FORMATS } from './index.ts';

const SCHEMA = join(import.meta.dirname, 'contracts', 'classroom50.schema.json');
const IDENTITY = {
  classroom: 'valkey-2026',
  assignment: 'sessions',
  owner: 'hsolo',
  type: 'individual',
} as const;

/** The files for a case, in the environment of Classroom 50 with some other variables. */
async function write(name: CaseName, path = 'report', environment: Record<string, string | undefined> = {}) {
  const format = await REPORT_FORMATS.classroom50.load();
  const context = { ...CONTEXT, environment: { ...CLASSROOM50, ...environment } };
  format.check?.(context.environment);
  return format.files(CASES[name], path, context);
}

describe('classroom50', () => {
  const fits = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  const format = REPORT_FORMATS.classroom50;

  it.each(['passed', 'part', 'fractions', 'failed', 'not-started', 'several', 'hostile'] as const)(
    'writes result.json and release-body.md in the case %s',
    async (name) => {
      const files = await write(name, 'somewhere/result.json');
      expect(files.map(({ path }) => path)).toEqual([
        'somewhere/result.json',
        join('somewhere', 'release-body.md'),
      ]);
      await expect(files[0]?.content).toMatchFileSnapshot(`goldens/${name}.classroom50.json`);
      const result = JSON.parse(String(files[0]?.content));
      fits(result);
      expect(fits.errors).toBeNull();
      expect(refusalOfResult(String(files[0]?.content), IDENTITY)).toBeNull();
      const sum = (field: string) =>
        result.tests.reduce((total: number, test: Record<string, number>) => total + Number(test[field]), 0);
      expect([sum('score'), sum('max-score')]).toEqual([result.score, result['max-score']]);
      const { score, maxScore } = totalOf(CASES[name]);
      expect(result.score / result['max-score']).toBeCloseTo(score / maxScore, 12);
      expect(result.datetime).toBe('2026-06-01T14:32:01Z');
    },
  );

  it.each(['error', 'check-error', 'not-gradable', 'several-with-error'] as const)(
    'writes nothing in the case %s',
    async (name) => {
      expect(await write(name)).toEqual([]);
    },
  );

  it('names what the environment lacks', async () => {
    const { check } = (await format?.load()) ?? {};
    expect(() => check?.(CLASSROOM50)).not.toThrow();
    expect(() => check?.({ ...CLASSROOM50, COMMIT_URL: '', OWNER: undefined })).toThrow(
      'needs COMMIT_URL and OWNER (or USERNAME) in the environment',
    );
    expect(() => check?.({ ...CLASSROOM50, OWNER: undefined, USERNAME: 'hsolo' })).not.toThrow();
  });

  it.each([
    ['team', 'group-7', 'team'],
    ['group', 'hsolo', 'group'],
    [' Team ', 'group-12', 'team'],
    ['', 'hsolo', 'individual'],
    [undefined, 'hsolo', 'individual'],
    ['pair', 'hsolo', 'individual'],
  ] as const)('takes the assignment type %j as its runner does', async (told, owner, type) => {
    const [file] = await write('part', 'result.json', { ASSIGNMENT_TYPE: told, OWNER: owner });
    expect(refusalOfResult(String(file?.content), { ...IDENTITY, owner, type })).toBeNull();
  });

  it('does without the address of a review, which older runners do not give', async () => {
    const [file] = await write('part', 'result.json', { REVIEW_URL: undefined });
    expect(JSON.parse(String(file?.content))).toMatchObject({ review: CLASSROOM50.COMMIT_URL });
  });
});
