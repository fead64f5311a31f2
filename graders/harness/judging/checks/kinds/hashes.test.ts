import { describe, expect, it } from 'vitest';
import { bytes, hash, list } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { judgeInVariant } from '../../../testing/judge-replayed.ts';
import { useServer } from '../../../testing/server.ts';
import { fieldCount } from './field-count.ts';
import { hashFields } from './hash-fields.ts';

const server = useServer();

const KEY = 'session:han_solo';
const HAN = { username: 'hsolo', credits: '9500', last_activity: '2022-08-28T13:45:00' };

describe('hash-fields', () => {
  const parameters = {
    key: KEY,
    fields: { username: 'hsolo', credits: 9500, last_activity: { isoDateTime: true } as const },
  };

  it('passes where the fields are right, whatever else the hash holds', () => {
    expect(judgeCheck(hashFields, parameters, { after: { [KEY]: hash({ ...HAN, more: 'x' }) } })).toEqual({
      passed: true,
    });
  });

  it('fails for each field that is wrong or missing, and tells how', () => {
    const after = { [KEY]: hash({ username: 'HSolo', credits: '9500\r' }) };
    expect(judgeCheck(hashFields, parameters, { after, commands: [`HSET ${KEY} username HSolo`] })).toEqual({
      passed: false,
      expected:
        'username = "hsolo"\ncredits = "9500"\nlast_activity = an ISO 8601 date-time such as "2025-08-28T14:05:00"',
      actual: 'username = "HSolo"\ncredits = "9500\\r"\nno field last_activity',
      difference:
        'username: only upper and lower case differ\ncredits: the value ends with a carriage return (\\r), as files with Windows line ends have it (5 characters, expected 4)',
      commands: [{ line: null, command: `HSET ${KEY} username HSolo`, effect: null, index: 0 }],
    });
  });

  it('has no difference to tell where seeing both is enough', () => {
    const after = { [KEY]: hash({ ...HAN, credits: '1' }) };
    expect(judgeCheck(hashFields, parameters, { after })).not.toHaveProperty('difference');
  });

  it('fails for values that are not text, and for another type', () => {
    const only = { key: KEY, fields: { credits: 9500 } };
    expect(judgeCheck(hashFields, only, { after: { [KEY]: hash({ credits: bytes(0xff) }) } })).toMatchObject({
      actual: 'credits = the bytes ff (not text)',
    });
    expect(judgeCheck(hashFields, only, { after: { [KEY]: list(['credits', '9500']) } })).toMatchObject({
      expected: 'a hash',
      actual: 'a list',
    });
    expect(judgeCheck(hashFields, only, {})).toMatchObject({ passed: false, actual: 'no such key' });
  });

  it('compares with the set-up of its own run, and with the main one where the script runs that', async () => {
    const variant = (...commands: string[]) =>
      judgeInVariant(
        server,
        { kind: 'hash-fields', key: KEY, fields: { drinks: { increasedBy: 1 } } },
        { main: [`HSET ${KEY} drinks 2`], own: [`HSET ${KEY} drinks 7`] },
        commands,
      );
    expect(await variant(`HINCRBY ${KEY} drinks 1`)).toEqual({ passed: true });
    expect(await variant(`HSET ${KEY} drinks 3`)).toMatchObject({
      expected: 'drinks = 8 (7 before, and 1 more)',
      actual: 'drinks = "3"',
    });
    expect(await variant(`HSET ${KEY} drinks 2`, `HINCRBY ${KEY} drinks 1`)).toEqual({ passed: true });
    expect(await variant(`HGET ${KEY} drinks`, `HSET ${KEY} drinks 2`)).toMatchObject({ passed: false });
  });
});

describe('field-count', () => {
  const after = { [KEY]: hash(HAN) };

  it('passes for exactly so many', () => {
    expect(judgeCheck(fieldCount, { key: KEY, count: 3 }, { after })).toEqual({ passed: true });
    expect(judgeCheck(fieldCount, { key: KEY, count: 6, orFewer: true }, { after })).toEqual({
      passed: true,
    });
    const cut = { [KEY]: hash(HAN, { size: 20_000 }) };
    expect(judgeCheck(fieldCount, { key: KEY, count: 20_000 }, { after: cut })).toEqual({ passed: true });
  });

  it('fails for more or fewer, and names those that are there', () => {
    expect(judgeCheck(fieldCount, { key: KEY, count: 1 }, { after })).toMatchObject({
      expected: '1 field',
      actual: '3 fields: username, credits and last_activity',
    });
    expect(judgeCheck(fieldCount, { key: KEY, count: 6 }, { after })).toMatchObject({ expected: '6 fields' });
    expect(judgeCheck(fieldCount, { key: KEY, count: 2, orFewer: true }, { after })).toMatchObject({
      expected: 'no more than 2 fields',
    });
    expect(judgeCheck(fieldCount, { key: KEY, count: 2, orFewer: true }, {})).toMatchObject({
      expected: 'a hash',
    });
  });
});
