import { describe, expect, it } from 'vitest';
import type { KeySnapshot } from '../../../evidence/evidence.ts';
import { END, START } from '../../../testing/evidence.ts';
import { diffTtl } from './ttl.ts';

const clock = { serverStart: START, serverEnd: END, elapsedMs: END - START };
const key = (expireAt: number | null): KeySnapshot => ({
  key: 'k',
  expireAt,
  type: 'string',
  size: 1,
  value: 'v',
});
const started = (seconds: number) => key(START + seconds * 1000);

describe('diffTtl', () => {
  it.each([
    ['none at all', key(null), key(null), 'same', 'no TTL'],
    ['a new key without one', null, key(null), 'same', 'no TTL'],
    ['one that was given', key(null), started(3600), 'added', 'TTL 3600 s, 60 minutes'],
    ['a new key with one', null, started(60), 'added', 'TTL 60 s'],
    ['days', null, started(259_200), 'added', 'TTL 259200 s, 3 days'],
    ['hours that are not whole', null, started(10_000), 'added', 'TTL 10000 s, about 2.8 hours'],
    ['little that is left', null, key(END + 1_500), 'added', 'TTL 1.50 s'],
    ['one that is over', null, key(END - 5), 'added', 'TTL over'],
    ['one that stayed', started(600), started(600), 'same', 'TTL 600 s, 10 minutes'],
    ['one that was changed', started(600), started(60), 'changed', 'TTL 60 s (was TTL 600 s, 10 minutes)'],
    ['one that was given anew', started(60), key(START + 60_020), 'changed', 'TTL 60 s, given anew'],
    ['one that was taken away', started(60), key(null), 'removed', 'no TTL any more (was TTL 60 s)'],
    ['a key that is gone', started(60), null, 'removed', 'had TTL 60 s'],
    ['a key that expired', key(START + 20), null, 'removed', 'expired (TTL 0.02 s)'],
    ['a key that had none and is gone', key(null), null, 'removed', 'had no TTL'],
  ] as const)('tells of %s', (_, before, after, change, text) => {
    expect(diffTtl(before, after, clock)).toEqual({ change, text });
  });
});
