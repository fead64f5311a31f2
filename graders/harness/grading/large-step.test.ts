import { expect, it } from 'vitest';
import { gradeMade, outcomes } from '../testing/made-challenge.ts';

it('a step that changed more than is read of it keeps nobody from being graded', async () => {
  const script = `EVAL "for i = 1, 1000 do server.call('SETRANGE', 'k' .. i, 20000, 'x') end" 0\n`;
  const graded = await gradeMade({ checks: ['kind: key-exists\nkey: k1000'] }, script);
  expect(outcomes(graded)).toEqual(['passed']);
  expect(graded.evidence.runs[0]?.replay?.until).toBe('no answer');
});
