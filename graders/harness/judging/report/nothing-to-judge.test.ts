import { describe, expect, it } from 'vitest';
import type { CommandReply } from '../../evidence/evidence.ts';
import { makeEvidence } from '../../testing/evidence.ts';
import { check, grader } from '../../testing/grader.ts';
import { judge } from './judge.ts';

const CALLS = { calledOn: 'ship:1', with: [{ keys: ['ship:2'], args: [60] }] };
const VARIANTS = [{ id: 'others', title: 'other ships', setup: [], exceptLanguages: [], calls: CALLS }];
const REPLY: CommandReply = { line: 1, args: ['EVAL'], reply: '1', error: false };

/** The check that calls the script, with these answers of it. */
function judged(replies: CommandReply[], lost: 'busy' | null = null) {
  const evidence = makeEvidence({ variants: { others: { replies } } });
  for (const run of evidence.runs) run.lost = lost;
  return judge(
    grader([check('a'), check('b', undefined, { variant: 'others' })], { variants: VARIANTS }),
    evidence,
  ).checks[1];
}

describe('a check that calls the Lua script of a submission', () => {
  it('is skipped where there is none to call', () => {
    expect(judged([])).toMatchObject({
      status: 'skipped',
      score: 0,
      failure: { expected: null, actual: expect.stringContaining('with the key ship:1'), hint: null },
    });
  });

  it('is judged where there is one, and where the server was lost', () => {
    expect(judged([REPLY])).toMatchObject({ status: 'passed' });
    expect(judged([], 'busy')).toMatchObject({ status: 'failed' });
  });
});
