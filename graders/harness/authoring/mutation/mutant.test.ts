import { describe, expect, it } from 'vitest';
import { differingLines, readWords, writeCommandFile } from './mutant.ts';

describe('writeCommandFile', () => {
  it.each([
    'HSET k f v\n',
    'SET k "two words"\nGET k\n',
    'SET k "line\\nend \\"quoted\\" back\\\\slash \\x00\\xff"\n',
    'SET k ""\n',
  ])('gives back what was read: %j', (text) => {
    expect(writeCommandFile(readWords(text) ?? [])).toBe(text);
  });

  it('keeps text beyond ASCII, byte for byte', () => {
    const words = readWords('SET k "caffè"');
    expect(readWords(writeCommandFile(words ?? []))).toEqual(words);
  });
});

describe('readWords', () => {
  it('gives nothing of a file that cannot be read to its end', () => {
    expect(readWords('GET k\nSET k "open')).toBeUndefined();
  });
});

describe('differingLines', () => {
  const [a, b, c] = [['A'], ['B'], ['C']];

  it('leaves out what is the same around', () => {
    expect(differingLines([a, b, c], [a, ['X'], c])).toEqual({ command: 2, removed: ['B'], added: ['X'] });
    expect(differingLines([a, b, c], [a, c])).toEqual({ command: 2, removed: ['B'], added: [] });
    expect(differingLines([a, b, c], [b, a, c])).toEqual({
      command: 1,
      removed: ['A', 'B'],
      added: ['B', 'A'],
    });
  });

  it('tells where lines came by the one behind them', () => {
    expect(differingLines([a, b], [a, c, b])).toEqual({ command: 2, removed: ['B'], added: ['C', 'B'] });
    expect(differingLines([a], [a, c])).toEqual({ command: 2, removed: [], added: ['C'] });
  });
});
