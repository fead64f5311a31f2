import { describe, expect, it } from 'vitest';
import { remarksOn } from './remarks.ts';

describe('remarksOn', () => {
  it('tells first what kept the script from its work', () => {
    const causes = [{ kind: 'crash' as const, text: 'It crashed.', advice: 'Mend it.' }];
    expect(remarksOn({ causes, notes: ['A note.'] })).toEqual(['It crashed. Mend it.', 'A note.']);
    expect(remarksOn({ notes: ['A note.'] })).toEqual(['A note.']);
  });
});
