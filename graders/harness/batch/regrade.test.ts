import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compressEvidence } from '../grading/compressed-evidence.ts';
import type { Check, Grader } from '../judging/grader.ts';
import { judge } from '../judging/report/judge.ts';
import { record } from '../testing/batch.ts';
import { makeEvidence } from '../testing/evidence.ts';
import { grader } from '../testing/grader.ts';
import { keepEvidence } from './evidence-store.ts';
import type { BatchRecord } from './record.ts';
import { regrade } from './regrade.ts';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'regrade-'));
});
afterEach(() => rm(out, { recursive: true }));

function check(id: string, options: Partial<Check> = {}): Check {
  const judge: Check['judge'] = ({ evidence }) =>
    evidence.process.stdout.text.includes(id)
      ? { passed: true }
      : { passed: false, expected: `${id} in the output`, actual: 'nothing of it\non any line' };
  return { id, title: id, points: 2, needs: [], variant: null, hints: [], keys: [], judge, ...options };
}

const evidence = makeEvidence({ stdout: 'one three' });
const before = grader([check('one'), check('two')]);

async function graded(grader: Grader): Promise<BatchRecord> {
  const name = await keepEvidence(out, grader.id, 'han', await compressEvidence(evidence));
  return record('han', { challenge: grader.id, report: judge(grader, evidence), evidence: name });
}

describe('regrade', () => {
  it('says nothing where nothing has changed', async () => {
    const record = await graded(before);
    expect(await regrade(out, record, before)).toEqual({ record, change: null, fault: null });
  });

  it.each<[string, Check[], number, string[]]>([
    [
      'a check that is easier now',
      [check('one'), check('two', { judge: () => ({ passed: true }) })],
      4,
      ['two: failed before, passed now'],
    ],
    [
      'a check that is harder now',
      [check('one', { judge: check('four').judge }), check('two')],
      0,
      ['one: passed before, failed now: nothing of it'],
    ],
    [
      'a new check that passes',
      [check('one'), check('two'), check('three')],
      4,
      ['three is new, and passed'],
    ],
    [
      'a new check that fails',
      [check('one'), check('two'), check('four')],
      2,
      ['four is new, and failed: nothing of it'],
    ],
    ['a check that is gone', [check('two')], 0, ['one is no check any more']],
    [
      'other points',
      [check('one', { points: 5 }), check('two')],
      5,
      ['one: 2 of 2 points before, 5 of 5 now'],
    ],
    [
      'a check that needs another now',
      [check('two'), check('one', { needs: ['two'] })],
      0,
      ['one: passed before, skipped now: needs “two” first'],
    ],
  ])('tells why, for %s', async (_, checks, after, reasons) => {
    const { record, change } = await regrade(out, await graded(before), grader(checks));
    expect(change).toEqual({
      submission: 'han',
      challenge: 'mission/challenge',
      before: 2,
      after,
      reasons,
    });
    expect(record.report.score).toBe(after);
  });

  it('cannot judge a check that needs a run that was not recorded, and says so', async () => {
    const variants = [{ id: 'busy', title: 'A busy night', setup: [], exceptLanguages: [] }];
    const today = grader([check('one'), check('two', { variant: 'busy' })], { variants });
    const { record, change } = await regrade(out, await graded(before), today);
    expect(record.report).toMatchObject({ status: 'error', score: null });
    expect(change).toMatchObject({
      before: 2,
      after: null,
      reasons: ['two: failed before, error now: the evidence holds no run of the variant busy'],
    });
  });

  it('says so where the challenge needs a later server now', async () => {
    const today = { ...before, minVersion: '9.9' };
    const { change } = await regrade(out, await graded(before), today);
    expect(change).toMatchObject({
      before: 2,
      after: null,
      reasons: expect.arrayContaining([expect.stringMatching(/needs Valkey 9\.9 or later/)]),
    });
  });

  it('leaves what was not run as it is, and what cannot be read, with the reason', async () => {
    const unrun = record('leia', { evidence: null });
    expect(await regrade(out, unrun, before)).toEqual({ record: unrun, change: null, fault: null });
    const gone = record('luke', { evidence: 'evidence/gone.json.gz' });
    expect(await regrade(out, gone, before)).toEqual({
      record: gone,
      change: null,
      fault: expect.stringMatching(/evidence\/gone\.json\.gz cannot be read: there is no such file/),
    });
    await writeFile(join(out, 'broken.json.gz'), 'no archive');
    const broken = record('ben', { evidence: 'broken.json.gz' });
    expect((await regrade(out, broken, before)).fault).toMatch(/cannot be read/);
  });
});
