import { expect, it } from 'vitest';
import { CASES } from '../testing/format-cases.ts';
import { failed, report } from '../testing/report.ts';
import { annotationsOf } from './annotations.ts';

const SCRIPT = 'challenges/sessions/cantina/solution.py';

it('leads to the last command that matters', () => {
  expect(annotationsOf(CASES.part, '/repository')).toEqual([
    expect.objectContaining({ title: 'The check ttl holds', file: SCRIPT, startLine: 3 }),
  ]);
});

it('leads once to what kept the script from its work', () => {
  expect(annotationsOf(CASES.crash, '/repository')).toEqual([
    {
      title: 'Fix this first',
      file: SCRIPT,
      startLine: 1,
      message: expect.stringMatching(/^Your script crashed at line 1: .* Python has no package/),
    },
  ]);
});

it('names the challenge where there are several, and is not more than GitHub shows', () => {
  const commands = [{ line: 7, command: 'DEL a', effect: null }];
  const checks = Array.from({ length: 8 }, (_, index) => failed(`c${index}`, { commands }));
  const one = { report: report({ checks: checks as never }), script: `/repository/${SCRIPT}` };
  const annotations = annotationsOf([one, one], '/repository');
  expect(annotations).toHaveLength(10);
  expect(annotations[0]?.title).toBe('sessions/cantina: The check c0 holds');
});

it('leads nowhere outside of the repository', () => {
  expect(annotationsOf(CASES.part, '/elsewhere')).toEqual([]);
  expect(annotationsOf([{ report: CASES.part[0]?.report ?? report() }], '/repository')).toEqual([]);
});
