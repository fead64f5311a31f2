import { describe, expect, it } from 'vitest';
import { styles } from '../../base/text/styles.ts';
import type { MapChallenge, MapMission } from '../../challenges/missions/map.ts';
import { nextAfter, nextLines, watchCommand } from './next.ts';

const challenge = (id: string): MapChallenge => ({
  ...{ id, title: `About ${id}`, points: 10, checks: 1, minVersion: null },
  ...{ main: null, difficulty: null, minutes: null },
});
const mission = (id: string, ...names: string[]): MapMission => ({
  ...{ id, title: id.toUpperCase(), about: null },
  challenges: names.map((name) => challenge(`${id}/${name}`)),
});
const MISSIONS = [mission('a', 'one', 'two', 'three'), mission('b', 'one', 'two')];
const follows = (done: string, ...solved: string[]) => {
  const { challenge: next, ends } = nextAfter(MISSIONS, done, new Set([done, ...solved]));
  return [next?.id, ...ends];
};

describe('what comes next', () => {
  it('is the next one in order that is not solved', () => {
    expect(follows('a/one')).toEqual(['a/two']);
    expect(follows('a/one', 'a/two')).toEqual(['a/three']);
  });

  it('says where a mission ends, and whether it is complete', () => {
    expect(follows('a/three')).toEqual(['b/one', 'That was the last challenge of the mission “A”.']);
    expect(follows('a/three', 'a/one', 'a/two')).toEqual(['b/one', 'The mission “A” is complete.']);
    expect(follows('a/one', 'a/two', 'a/three')).toEqual(['b/one', 'The mission “A” is complete.']);
  });

  it('says where all ends, and goes back to what was left out', () => {
    expect(follows('b/two', 'b/one')).toEqual([
      'a/one',
      'The mission “B” is complete.',
      'That was the last challenge of all. 3 before it are not solved yet.',
    ]);
    expect(follows('b/two', 'b/one', 'a/one', 'a/two')[2]).toBe(
      'That was the last challenge of all. 1 before it is not solved yet.',
    );
    expect(follows('a/two', 'a/one', 'a/three', 'b/one', 'b/two')).toEqual([
      undefined,
      'All 5 challenges are solved: that was the last one.',
    ]);
  });

  it('names the command that starts it, with the collection that was given', () => {
    const lines = (option?: string) =>
      nextLines(
        nextAfter(MISSIONS, 'a/one', new Set()),
        { repository: '/nowhere', start: watchCommand(option) },
        styles(false),
      );
    expect(lines()).toEqual(['Next: a/two  About a/two', '  start it   npx keyspace-grader watch a/two']);
    expect(lines("it's ours")[1]).toBe(
      `  start it   npx keyspace-grader watch a/two --challenges 'it'\\''s ours'`,
    );
  });
});
