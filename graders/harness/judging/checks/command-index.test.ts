import { describe, expect, it } from 'vitest';
import { makeView } from '../../testing/evidence.ts';
import { CommandIndex } from './command-index.ts';

describe('CommandIndex', () => {
  const { commands } = makeView({ commands: ['SET a 1', 'GET a', 'set b 2', 'SCRIPT LOAD x', 'DEL a'] });
  const index = new CommandIndex(commands);
  const positions = (...names: string[]) => index.named(names).map((command) => command.index);

  it('has the commands of a name', () => {
    expect(positions('SET')).toEqual([0, 2]);
    expect(positions('SCRIPT LOAD')).toEqual([3]);
    expect(positions('EXISTS')).toEqual([]);
  });

  it('has those of several names in the order in which they ran', () => {
    expect(positions('DEL', 'GET', 'EXISTS', 'SET')).toEqual([0, 1, 2, 4]);
  });
});
