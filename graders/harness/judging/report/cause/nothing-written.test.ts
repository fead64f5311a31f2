import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../../testing/evidence.ts';
import { nothingWritten } from './nothing-written.ts';

const told = (language: string, source: string | null) =>
  nothingWritten(makeEvidence({ language, source }))?.text;

describe('nothingWritten', () => {
  it.each([
    ['command-file', '', 'Your file is empty.'],
    ['command-file', '# 1. Create it.\n\n  # 2. Read it.\r\n', 'Your file has only comments so far.'],
    ['bash', '\n\n', 'Your script is empty.'],
    ['python', '#!/usr/bin/env python3\n# TODO\n', 'Your script has only comments so far.'],
    ['javascript', '#!/usr/bin/env node\n// TODO\n/* a\n b */\n', 'Your script has only comments so far.'],
  ])('knows a script in which nothing is written: %s %j', (language, source, text) => {
    expect(told(language, source)).toBe(text);
  });

  it.each([
    ['command-file', 'GET a # no comment'],
    ['javascript', "new Redis('redis://x'); // here"],
    ['javascript', '/* a */ x'],
    ['typescript', '/* never closed'],
    ['python', null],
  ])('leaves others alone: %s %j', (language, source) => {
    expect(told(language, source)).toBeUndefined();
  });

  it('takes no long time over comments that are never closed', () => {
    const before = performance.now();
    told('javascript', '/*'.repeat(200_000));
    told('javascript', '\n'.repeat(400_000));
    told('bash', '\n'.repeat(400_000));
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
