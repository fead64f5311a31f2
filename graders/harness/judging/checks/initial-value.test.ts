import { describe, expect, it } from 'vitest';
import { hash, makeView } from '../../testing/evidence.ts';
import { viewOfVariant } from '../../testing/judge-replayed.ts';
import { useServer } from '../../testing/server.ts';
import { initialField, initialString } from './initial-value.ts';

const server = useServer();

/** What the field was when the script began its work in a variant: 7 in the variant's set-up, 2 in the main one. */
async function field(...commands: string[]): Promise<string | undefined> {
  const setups = { main: ['HSET k drinks 2 name han'], own: ['HSET k drinks 7 name lando'] };
  return initialField(await viewOfVariant(server, setups, commands), 'k', 'drinks');
}

async function text(...commands: string[]): Promise<string | undefined> {
  return initialString(await viewOfVariant(server, { main: ['SET k 7'], own: ['SET k 9'] }, commands), 'k');
}

describe('initialField', () => {
  it('is what the set-up of the run left', async () => {
    const view = makeView({ before: { k: hash({ drinks: '2' }) } });
    expect(initialField(view, 'k', 'drinks')).toBe('2');
    expect(initialField(view, 'k', 'other')).toBeUndefined();
    expect(initialField(view, 'other', 'drinks')).toBeUndefined();
    expect(await field('HINCRBY k drinks 1')).toBe('7');
  });

  it('is what the main set-up left where the script runs that itself', async () => {
    expect(await field('HSET k name han drinks 2', 'HINCRBY k drinks 1')).toBe('2');
    expect(await field('DEL k', 'HMSET k drinks 2 name han', 'HGET k drinks', 'HSET k drinks 3')).toBe('2');
    expect(await field('FLUSHALL', 'HSET k drinks 2', 'HSET k name han', 'HINCRBY k drinks 1')).toBe('2');
  });

  it('is what the variant left where the same value is the outcome of the work', async () => {
    expect(await field('HGET k drinks', 'HSET k drinks 2')).toBe('7');
    expect(await field('HSETNX k drinks 2', 'HINCRBY k drinks 1')).toBe('7');
    expect(await field('HSET k name drinks', 'HINCRBY k drinks 1')).toBe('7');
    expect(await field('HSET other drinks 2', 'HINCRBY k drinks 1')).toBe('7');
  });

  it('is what the variant left where only the field itself is written', async () => {
    expect(await field('HSET k drinks 2', 'HINCRBY k drinks 1')).toBe('7');
    expect(await field('HSET k drinks 2', 'HINCRBY k drinks 1', 'HSET k name han')).toBe('7');
  });
});

describe('initialString', () => {
  it.each([
    ['7', 'SET k 7 EX 600', 'SET k 5 IFEQ 7 EX 600'],
    ['7', 'MSET a 1 k 7', 'INCR k'],
    ['7', 'SETEX k 600 7', 'INCR k'],
    ['9', 'DECR k', 'DECR k', 'INCR k'],
    ['9', 'SET k 7', 'SET k 7', 'GET k'],
    ['9', 'SET k 5 IFEQ 7 EX 600'],
    ['9', 'SET k 7 NX', 'INCR k'],
    ['9', 'SET a k EX 7', 'INCR k'],
    ['9', 'SET k "\\xff"', 'INCR k'],
    ['9', 'SET k 7'],
    ['9', 'GET k'],
  ])('is %s after %s', async (expected, ...commands) => {
    expect(await text(...commands)).toBe(expected);
  });

  it('is not there for a key of another type', () => {
    expect(initialString(makeView({ before: { k: hash({ a: '1' }) } }), 'k')).toBeUndefined();
  });
});
