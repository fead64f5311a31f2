import { describe, expect, it } from 'vitest';
import { judgeReplayed } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';

const server = useServer();
const NAMES = ['rebel_xwing_1', 'rebel_ywing_2', 'a ship with a longer name, é'];

const judge = (elements: string[], ...commands: string[]) =>
  judgeReplayed(server, { kind: 'hyperloglog-elements', key: 'ships', elements }, [], commands);
const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(' ');

describe('hyperloglog-elements', () => {
  it.each([
    ['all of them', [`PFADD ships ${quoted(NAMES)}`]],
    ['some of them', [`PFADD ships ${quoted(NAMES.slice(1))}`, 'PFCOUNT ships']],
    ['none', ['PFADD ships']],
    ['a draft that was merged', [`PFADD draft ${quoted(NAMES)}`, 'PFMERGE ships draft', 'DEL draft']],
    ['a draft that was renamed', [`PFADD draft ${quoted(NAMES)}`, 'RENAME draft ships']],
    ['what was put in place of others', ['PFADD ships x', 'DEL ships', `PFADD ships ${quoted(NAMES)}`]],
  ])('passes for %s', async (_, commands) => {
    expect(await judge(NAMES, ...commands)).toEqual({ passed: true });
  });

  it.each([
    [
      'another name',
      ['PFADD ships rebel_xwing_1 rebel_xwing_2'],
      'a HyperLogLog with 1 element of another name',
    ],
    ['others, too', [`PFADD ships ${quoted(NAMES)} x y`], 'a HyperLogLog with 2 elements of another name'],
    ['others from elsewhere', ['PFADD t x', 'PFMERGE ships t'], 'with 1 element of another name'],
    ['a set', ['SADD ships rebel_xwing_1'], 'no HyperLogLog: a set'],
    ['text', ['SET ships HYLL'], 'no HyperLogLog: a string'],
    ['no key', ['PFADD Ships rebel_xwing_1'], 'no HyperLogLog: no such key; yours is called Ships'],
  ])('fails for %s', async (_, commands, actual) => {
    expect(await judge(NAMES, ...commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });

  it('knows what each element leaves, in a HyperLogLog of any size', async () => {
    for (const number of [40, 3_000]) {
      const names = Array.from({ length: number }, (_, index) => `${'ship '.repeat(index % 5)}${index}`);
      const add = `PFADD ships ${quoted(names)}`;
      expect(await judge(names, add)).toEqual({ passed: true });
      expect(await judge(names.slice(number / 2), add)).toMatchObject({ passed: false });
    }
  });
});
