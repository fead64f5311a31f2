import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../testing/evidence.ts';
import { check, grader } from '../../testing/grader.ts';
import { judge } from './judge.ts';
import { reportSchema } from './schema.ts';

const validate = new Ajv.default({ allowUnionTypes: true }).compile(reportSchema());
const fails = () => ({ passed: false as const, expected: 'this', actual: 'that' });

describe('what kept a script from its work', () => {
  const crash = { stderr: 'Error: oh', process: { exitCode: 1 } };
  const text = 'Your script ended with exit code 1: Error: oh';

  it('is told as a cause, and that nothing ran', () => {
    const report = judge(grader([check('a', fails)]), makeEvidence(crash));
    expect(report).toMatchObject({ causes: [{ kind: 'crash', text }], nothingRan: true, notes: [] });
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
    const some = judge(grader([check('a', fails)]), makeEvidence({ ...crash, commands: ['SET a 1'] }));
    expect(some.causes).toHaveLength(1);
    expect(some).not.toHaveProperty('nothingRan');
  });

  it('is only good to know where all checks passed', () => {
    const report = judge(grader([check('a')]), makeEvidence(crash));
    expect(report.notes).toEqual([text]);
    expect(report).not.toHaveProperty('causes');
    expect(report).not.toHaveProperty('nothingRan');
  });
});
