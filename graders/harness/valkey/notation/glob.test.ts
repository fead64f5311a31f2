import { describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { literalStart, matchesGlob } from './glob.ts';

const server = useServer();

const NAMES = [
  ...['a', 'b', 'ab', 'aab', 'abc', 'a*b', 'a?b', 'a[b', 'a]b', 'a\\b', 'a-b', 'a^b', '^', '-', ']', '['],
  ...['order:1', 'order:12', 'order:x', 'orders:1', 'Order:1', 'ä', 'äb', 'x'.repeat(40), '\\', 'a\nb'],
];

const PATTERNS = [
  ...['*', '**', '?', '??', 'a*', '*b', 'a*b', 'a**b', 'a?b', '*a*b*', 'order:*', 'order:?', 'order:[0-9]'],
  ...['order:[0-9]*', '[oO]rder:*', '[^o]*', '[a-]', '[a-]b', '[-a]b', '[c-a]b', 'a[*]b', 'a[?]b', 'a\\*b'],
  ...[
    'a\\?b',
    'a\\[b',
    'a\\\\b',
    'a\\',
    '\\a',
    '[',
    '[^',
    '[]',
    '[^]',
    '[a',
    '[ab',
    '[^a',
    '[a-',
    '[\\]]',
    '[\\',
  ],
  ...[
    '[^\\]]',
    '[]a]',
    'a[]]b',
    'a[\\-x]b',
    'a[\\^]b',
    'a[x^]b',
    '[^^]',
    '??b',
    'ä',
    '?',
    '[ä]b',
    'x*x*x*x*x*y',
  ],
];

describe('matchesGlob', () => {
  it('takes just the keys that the server finds', async () => {
    const { session } = server;
    await session.call('FLUSHALL');
    for (const name of NAMES) await session.call('SET', name, '1');
    const found: Record<string, unknown> = {};
    const told: Record<string, unknown> = {};
    for (const pattern of [...PATTERNS, ...made()]) {
      const [, names] = (await session.call('SCAN', '0', 'MATCH', pattern, 'COUNT', '1000')) as [
        string,
        string[],
      ];
      found[pattern] = [...names].sort();
      told[pattern] = NAMES.filter((name) => matchesGlob(pattern, Buffer.from(name))).sort();
    }
    expect(told).toEqual(found);
  });

  it('takes no time over many stars', () => {
    expect(matchesGlob(`${'*a'.repeat(30)}b`, Buffer.from('a'.repeat(5_000)))).toBe(false);
  });
});

/** Patterns of the characters that matter, in many orders. */
function made(): string[] {
  const parts = ['a', 'b', '*', '?', '[', ']', '^', '-', '\\'];
  let seed = 7;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return parts[seed % parts.length] ?? '';
  };
  return Array.from({ length: 2_000 }, (_, index) => Array.from({ length: 2 + (index % 6) }, next).join(''));
}

it.each([
  ['order:*', 'order:'],
  ['*', ''],
  ['order:1', 'order:1'],
  ['a\\*b[0-9]', 'a*b'],
  ['ä?', 'ä'],
])('tells how the names begin that %s takes', (pattern, start) => {
  expect(literalStart(pattern)).toBe(start);
});
