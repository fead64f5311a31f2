import { describe, expect, it } from 'vitest';
import { generateMutants } from './generate.ts';
import { type Original, readWords, writeCommandFile } from './mutant.ts';

function original(source: string): Original {
  return { commands: readWords(source) ?? [], replies: [], moments: [] };
}

describe('generateMutants', () => {
  const originals = new Map([
    ['a.valkey', original('GET k\nGET j\n')],
    ['b.valkey', original('GET j\nGET k\n')],
    ['c.valkey', original('GET k\n')],
  ]);
  const mutants = generateMutants(originals);

  it('makes every mutant once, and none that is a right submission', () => {
    const files = mutants.map(({ commands }) => writeCommandFile(commands));
    expect(files.length).toBeGreaterThan(10);
    expect(new Set(files).size).toBe(files.length);
    for (const { commands } of originals.values()) expect(files).not.toContain(writeCommandFile(commands));
  });

  it('names fixture, mutator, place and difference', () => {
    expect(mutants.find(({ mutator }) => mutator === 'drop-command')).toEqual({
      fixture: 'a.valkey',
      mutator: 'drop-command',
      commands: [['GET', 'j']],
      command: 1,
      removed: ['GET k'],
      added: [],
    });
  });
});
