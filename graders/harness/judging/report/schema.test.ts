import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../testing/evidence.ts';
import { check, grader } from '../../testing/grader.ts';
import { judge, ungraded } from './judge.ts';
import { reportSchema } from './schema.ts';

const validate = new Ajv.default({ allowUnionTypes: true }).compile(reportSchema());
const fails = () => ({ passed: false, expected: 'this', actual: 'that' }) as const;
const broken = () => {
  throw new Error('oh no');
};

describe('the schema of reports', () => {
  it.each([
    ['a passed submission', judge(grader([check('a')]), makeEvidence())],
    [
      'failed, skipped and broken checks',
      judge(
        grader([check('a', fails), check('b', broken), check('c', undefined, { needs: ['a'] })]),
        makeEvidence(),
      ),
    ],
    ['a submission without a script', ungraded(grader([check('a')]), 'not started', 'no script')],
    ['a fault', ungraded(grader([check('a')]), 'error', 'no engine')],
  ])('fits %s', (_, report) => {
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  });

  it('refuses what is not a report', () => {
    expect(validate({ ...ungraded(grader([check('a')]), 'error', 'x'), path: '/home/me' })).toBe(false);
    expect(validate({ ...ungraded(grader([check('a')]), 'error', 'x'), version: 2 })).toBe(false);
  });
});
