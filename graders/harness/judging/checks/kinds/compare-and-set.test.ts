import { describe, expect, it } from 'vitest';
import { type Command, hash, type Keys, makeView, string } from '../../../testing/evidence.ts';
import { judgeInVariant } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';
import { compareAndSet } from './compare-and-set.ts';

const parameters = { key: 'k', old: 7, new: 5 };

const server = useServer();

function judge(after: Keys, commands: Command[] = [], before: Keys = { k: string('7', { ttl: 600 }) }) {
  return compareAndSet.judge(parameters, makeView({ before, after, commands }));
}

function judgeVariant(after: Keys, commands: Command[] = []) {
  const before = { k: string('7', { ttl: 600 }) };
  const variants = { other: { before: { k: string('6', { ttl: 240 }) }, after, commands } };
  return compareAndSet.judge(parameters, makeView({ before, variants }, 'other'));
}

describe('compare-and-set', () => {
  it('passes where the old value was replaced, whatever became of the TTL', () => {
    expect(judge({ k: string('5', { ttl: 600 }) })).toEqual({ passed: true });
    expect(judge({ k: '5' })).toEqual({ passed: true });
  });

  it('fails where it was not', () => {
    expect(judge({ k: '7' })).toMatchObject({ passed: false, expected: '"5"', actual: '"7"' });
    expect(judge({})).toMatchObject({ passed: false, expected: 'a string', actual: 'no such key' });
    expect(judge({ k: hash({ a: '5' }) })).toMatchObject({ passed: false, actual: 'a hash' });
  });

  it('passes where another value was left alone', () => {
    expect(judgeVariant({ k: string('6', { ttl: 240 }) })).toEqual({ passed: true });
  });

  it('fails where another value was replaced, or its TTL', () => {
    expect(judgeVariant({ k: string('5', { ttl: 240 }) })).toMatchObject({
      passed: false,
      expected: '"6" as before, since it did not hold 7',
      actual: '"5"',
    });
    expect(judgeVariant({ k: string('6', { ttl: 600 }) })).toMatchObject({
      passed: false,
      expected: 'the TTL that it had before, since it did not hold 7',
      actual: 'another TTL',
    });
    expect(judgeVariant({ k: '6' })).toMatchObject({ passed: false, actual: 'no TTL' });
  });

  it('judges a script that ran the set-up again by that', async () => {
    const judged = (...commands: string[]) =>
      judgeInVariant(
        server,
        { kind: 'compare-and-set', key: 'k', old: 7, new: 5 },
        { main: ['SET k 7 EX 600'], own: ['SET k 6 EX 240'] },
        commands,
      );
    expect(await judged('SET k 7 EX 600', 'SET k 5 EX 600 XX')).toEqual({ passed: true });
    expect(await judged('SET k 7 EX 600', 'PERSIST k')).toMatchObject({ passed: false, expected: '"5"' });
  });
});
