import { describe, expect, it } from 'vitest';
import { type Equivalent, matches, parseEquivalents } from './equivalents.ts';
import type { Mutant } from './mutant.ts';

const MUTANT: Mutant = {
  fixture: 'workshop.valkey',
  mutator: 'reorder',
  commands: [],
  command: 2,
  removed: ['HLEN k', 'HKEYS k'],
  added: ['HKEYS k', 'HLEN k'],
};

describe('matches', () => {
  it.each<[boolean, Omit<Equivalent, 'reason'>]>([
    [true, { mutator: 'reorder' }],
    [true, { mutator: ['drop-command', 'reorder'], fixture: 'workshop.valkey', command: [1, 2] }],
    [true, { mutator: 'reorder', removed: 'HLEN .*\\nHKEYS .*', added: 'HKEYS k\\nHLEN k' }],
    [false, { mutator: 'drop-command' }],
    [false, { mutator: 'reorder', fixture: 'other.valkey' }],
    [false, { mutator: 'reorder', command: 1 }],
    // The whole text is meant, and a dot ends at the line.
    [false, { mutator: 'reorder', removed: 'HLEN' }],
    [false, { mutator: 'reorder', removed: 'HLEN .*' }],
    [false, { mutator: 'reorder', added: 'HLEN k\\nHKEYS k|x' }],
  ])('%s: %j', (expected, entry) => {
    expect(matches({ reason: 'why', ...entry }, MUTANT)).toBe(expected);
  });
});

describe('parseEquivalents', () => {
  it('reads a list', () => {
    expect(parseEquivalents('[{"reason": "why", "mutator": "reorder"}]', 'e.json')).toEqual([
      { reason: 'why', mutator: 'reorder' },
    ]);
  });

  it.each([
    ['[{"mutator": "reorder"}]', 'e.json:1:2: 0: reason is missing'],
    [
      '[{"reason": "why", "mutator": "x", "remove": ""}]',
      'e.json:1:36: 0.remove: there is no such property here',
    ],
    [
      '[{"reason": "why", "mutator": "x", "removed": "("}]',
      'e.json:1:36: 0.removed: must match format "regex"',
    ],
  ])('names the place of a mistake: %s', (text, message) => {
    expect(() => parseEquivalents(text, 'e.json')).toThrow(message);
  });
});
