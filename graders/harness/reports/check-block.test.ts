import { describe, expect, it } from 'vitest';
import { styles } from '../base/text/styles.ts';
import { hintRows } from '../judging/report/failure-details.ts';
import { checkBlock } from './console.ts';

describe('checkBlock', () => {
  const kept = {
    id: 'hgetall',
    title: 'The session was read',
    status: 'failed' as const,
    score: 0,
    maxScore: 1,
    variant: null,
    failure: {
      expected: 'HGETALL session:han_solo',
      expectedBeforeHints: 'a command that reads session:han_solo',
      actual: 'no such command ran',
      difference: null,
      commands: [],
      hint: 'One command gives every field.',
      hints: 2,
    },
  };

  it('keeps the command that solves it back until a further hint was given', () => {
    const before = checkBlock(kept, styles(false)).join('\n');
    expect(before).toContain('expected  a command that reads session:han_solo');
    expect(before).not.toContain('HGETALL');
    const after = checkBlock(kept, styles(false), hintRows(['Its name is H, then "get all".'], 2, 2));
    expect(after.join('\n')).toContain('expected  HGETALL session:han_solo');
  });

  it('says nothing of what was expected if nothing can be said', () => {
    const failure = { ...kept.failure, expectedBeforeHints: null };
    expect(checkBlock({ ...kept, failure }, styles(false)).join('\n')).not.toContain('expected');
  });
});
