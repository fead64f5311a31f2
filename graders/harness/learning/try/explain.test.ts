import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { styles } from '../../base/text/styles.ts';
import { check, failed, report } from '../../testing/report.ts';
import { changeLines, changesBetween } from './explain.ts';

const note = (line: number) => ({ line, command: 'EXPIRE a 360', effect: null });

/** The first words of each line. */
function lines(
  before: Parameters<typeof report>[0],
  after: Parameters<typeof report>[0],
  line = 1,
): string[] {
  const [left, right] = [report(before), report(after)];
  return changeLines(changesBetween(left, right, line), right, styles(false)).map((text) =>
    stripVTControlCharacters(text).replace(/ {2,}/g, '  '),
  );
}

describe('what a command changed', () => {
  it('is nothing where every check finds what it found', () => {
    const checks = [check('a'), failed('b', { actual: 'no TTL' })];
    expect(lines({ checks }, { checks })).toEqual(['changes no check']);
  });

  it('is what passes now, what passes no more, and why', () => {
    const before = { checks: [check('a'), failed('b', {})], score: 1, maxScore: 2 };
    const after = {
      checks: [failed('a', { actual: '1 more key: "other"' }), check('b')],
      score: 1,
      maxScore: 2,
    };
    expect(lines(before, after)).toEqual([
      '✓ The check b holds  1/1',
      '✗ The check a holds  0/1',
      '  now found: 1 more key: "other"',
      '1 of 2 checks, 1 of 2 points',
    ]);
  });

  it('is what else is found because of the command, not what time or others did', () => {
    const before = { checks: [failed('a', { actual: 'no TTL' })] };
    const now = (actual: string) => ({ checks: [failed('a', { actual, commands: [note(2)] })] });
    expect(lines(before, now('a TTL of about 360 s'), 2)).toEqual([
      '✗ The check a holds  0/1',
      '  now found: a TTL of about 360 s',
    ]);
    expect(lines(before, now('a TTL of about 360 s'), 3)).toEqual(['changes no check']);
    expect(lines(now('a TTL of about 360 s'), now('a TTL of about 359 s'), 2)).toEqual(['changes no check']);
  });

  it('counts what is too much to show', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const all = (actual: string) => ({
      checks: ids.map((id) => failed(id, { actual, commands: [note(1)] })),
    });
    expect(lines(all('nothing'), all('something')).at(-1)).toBe('  and 2 more checks find something else');
  });
});
