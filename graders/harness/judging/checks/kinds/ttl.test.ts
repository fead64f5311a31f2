import { describe, expect, it } from 'vitest';
import { hash, START } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { noTtl } from './no-ttl.ts';
import { ttl } from './ttl.ts';

const HOUR = { key: 'k', seconds: 3600, tolerance: 60 };

/** A key that was given this TTL, in ms, so many ms after a script began that took so long. */
function judge(given: number, { at = 0, took = 40 } = {}, parameters = HOUR) {
  const k = { ...hash({ a: '1' }), expireAt: START + at + given } as never;
  return judgeCheck(ttl, parameters, { after: { k }, took });
}

describe('ttl', () => {
  it.each([
    ['to the second', 3_600_000, {}],
    ['as early as allowed', 3_540_000, {}],
    ['as late as allowed', 3_660_000, {}],
    ['set at the start of a slow script', 3_600_000, { at: 0, took: 29_000 }],
    ['set at the end of a slow script', 3_600_000, { at: 29_000, took: 29_000 }],
    ['set at the end of a very slow script', 3_600_000, { at: 100_000, took: 100_000 }],
    ['set before the script, by the set-up', 3_600_000, { at: -200 }],
  ])('passes for the TTL %s', (_, given, times) => {
    expect(judge(given, times)).toEqual({ passed: true });
  });

  it.each([
    ['milliseconds taken for seconds', 3_600, {}, 'a TTL of about 3.6 s'],
    ['a digit too few', 360_000, {}, 'a TTL of about 360 s'],
    ['minutes taken for seconds', 60_000, {}, 'a TTL of about 60 s'],
    ['seconds taken for minutes', 216_000_000, {}, 'a TTL of about 216000 s'],
    ['just too short', 3_539_900, {}, 'a TTL of about 3540 s'],
    ['just too long', 3_660_100, {}, 'a TTL of about 3660 s'],
    ['a slow script', 360_000, { at: 10_000, took: 20_000 }, 'a TTL of 350 s to 370 s'],
  ])('fails for %s', (_, given, times, actual) => {
    expect(judge(given, times)).toMatchObject({
      passed: false,
      expected: 'a TTL of about 3600 s (3540 to 3660 s)',
      actual,
    });
  });

  it('fails without a TTL, and tells what took it away', () => {
    const commands = ['EXPIRE k 3600', 'SET k v'];
    expect(judgeCheck(ttl, HOUR, { before: { k: 'v' }, after: { k: 'v' }, commands })).toMatchObject({
      actual: 'no TTL: the key would stay for ever',
      commands: [{ index: 0 }, { index: 1 }],
    });
  });

  it('names the command that went to a misspelt key, and none that went elsewhere', () => {
    const [wanted, before] = ['session:han', { 'session:han': 'v' }];
    const judged = (...commands: string[]) =>
      judgeCheck(ttl, { ...HOUR, key: wanted }, { before, after: before, commands });
    expect(judged('EXPIRE sesion:han 3600')).toMatchObject({
      actual: 'no TTL: the key would stay for ever; EXPIRE was sent for sesion:han',
      commands: [{ index: 0 }],
    });
    expect(judged('EXPIRE session:leia 3600', 'TTL sesion:han')).toMatchObject({
      actual: 'no TTL: the key would stay for ever',
    });
  });

  it('fails without the key', () => {
    expect(judgeCheck(ttl, HOUR, {})).toMatchObject({ passed: false, actual: 'no such key' });
    expect(judgeCheck(ttl, { ...HOUR, db: 1 }, { after: { k: 'v' } })).toMatchObject({
      actual: 'no such key in database 1: it is in database 0',
    });
  });

  it('meets a tolerance of nothing within the time that the script took', () => {
    const exact = { key: 'k', seconds: 300, tolerance: 0 };
    expect(judge(300_000, { at: 20 }, exact)).toEqual({ passed: true });
    expect(judge(299_000, {}, exact)).toMatchObject({ passed: false });
  });
});

describe('no-ttl', () => {
  it('passes for a key that lasts', () => {
    expect(judgeCheck(noTtl, { key: 'k' }, { after: { k: 'v' } })).toEqual({ passed: true });
  });

  it('fails for one that expires, and for none', () => {
    const k = hash({ a: '1' }, { ttl: 60 });
    expect(judgeCheck(noTtl, { key: 'k' }, { after: { k }, commands: ['EXPIRE k 60'] })).toMatchObject({
      passed: false,
      expected: 'a key without a TTL',
      actual: 'a TTL of about 60 s',
      commands: [{ command: 'EXPIRE k 60' }],
    });
    expect(judgeCheck(noTtl, { key: 'k' }, { after: {} })).toMatchObject({ actual: 'no such key' });
  });
});
