import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { styles } from '../../base/text/styles.ts';
import { check, failed, report } from '../../testing/report.ts';
import { renderWatch, type WatchView } from './view.ts';

const view: WatchView = {
  challenge: { id: 'a/b', title: 'A challenge with a title that is rather long' },
  place: { number: 2, of: 3 },
  file: 'challenges/a/b/solution.valkey',
  next: null,
  outcome: {
    report: report({
      checks: [
        check('first'),
        failed('second', { hint: 'Think of it.', hints: 3, actual: 'a value '.repeat(20) }),
        check('third'),
      ],
      notes: ['Something good to know.'],
    }),
    evidence: null,
    tookMs: 40,
    at: new Date(0),
  },
  grading: false,
  part: 'report',
  hints: new Map([['second', { further: ['Think harder.'], total: 3 }]]),
  message: null,
  scroll: 0,
};

const MAP_CHALLENGE = {
  ...{ points: 10, checks: 3, minVersion: null, main: false, difficulty: null, minutes: null },
};

describe('the screen of watch', () => {
  it.each(
    [true, false].flatMap((colors) => [120, 80, 60, 40, 14].map((columns) => [columns, colors] as const)),
  )('is as large as a terminal of %i columns (colours: %s)', (columns, colors) => {
    for (const rows of [3, 10, 24, 60]) {
      const { lines } = renderWatch(view, { columns, rows }, styles(colors));
      expect(lines).toHaveLength(rows);
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it('shows what is to be done first, with the hints that were given', () => {
    const text = renderWatch(view, { columns: 80, rows: 40 }, styles(false)).lines.join('\n');
    expect(text).toMatch(
      /✗ The check second.*hint 1\/3 {2}Think of it.*hint 2\/3 {2}Think harder.*✓ The check first/s,
    );
  });

  it('shows what kept the script from its work before all else, and folds what waits for it', () => {
    const crashed = report({
      causes: [{ kind: 'crash', text: 'Your script crashed at line 3: oh' }],
      nothingRan: true,
      checks: [check('idle'), failed('one', {}), failed('two', {})],
    });
    const shown = { ...view, outcome: view.outcome && { ...view.outcome, report: crashed } };
    const text = renderWatch(shown, { columns: 80, rows: 40 }, styles(false)).lines.join('\n');
    expect(text).toMatch(
      /Fix this first\n *✗ Your script crashed at line 3: oh\n\n *2 checks wait for the first command that does something\.\n\n *✓ The check idle/,
    );
    expect(text).not.toContain('The check one');
  });

  it('scrolls no further than there is something to see', () => {
    const size = { columns: 80, rows: 10 };
    const { furthest } = renderWatch(view, size, styles(false));
    const { lines } = renderWatch({ ...view, scroll: 1000 }, size, styles(false));
    expect(furthest).toBeGreaterThan(0);
    expect(lines.join('\n')).toContain('The check third');
    expect(lines.join('\n')).not.toContain('more');
  });

  it('says all that it has to say in 60 columns', () => {
    const solved = report({ checks: [check('first')] });
    const missing = Array.from({ length: 15 }, (_, index) => failed(`c${index}`, {}));
    const wide = {
      ...view,
      outcome: { ...outcomeOf(report({ checks: missing })), tookMs: 12_345 },
      grading: true,
    };
    const { lines } = renderWatch(wide, { columns: 60, rows: 30 }, styles(false));
    const text = lines.join('\n');
    expect(text).toContain('challenges/a/b/solution.valkey');
    expect(text).toMatch(/0 of 15 points, 15 checks of 15 to go {2}grading …$/m);
    expect(text).toContain('✗ The check c0 holds');
    expect(lines.find((line) => line.includes('The check c0'))).toMatch(/ 0\/1$/);
    expect(lines.at(-1)).toBe('  h hint  t trace  k keys  n next  p back  g grade  q quit');
    const challenge = { id: 'a/c', title: 'Another one' };
    const next = { next: { challenge: { ...MAP_CHALLENGE, ...challenge }, ends: [] }, repository: '' };
    const after = renderWatch(
      { ...view, outcome: outcomeOf(solved), next },
      { columns: 60, rows: 30 },
      styles(false),
    );
    expect(after.lines.join('\n')).toMatch(/Next: a\/c {2}Another one\n.*press n/s);
  });

  it('leaves no key without its meaning, however narrow it is', () => {
    const { lines } = renderWatch(view, { columns: 30, rows: 40 }, styles(false));
    expect(lines.join(' ')).toMatch(/h hint.*t trace.*k keys.*n next.*p back.*g grade.*q quit/);
  });

  it('breaks a message that is too long, and cuts nothing of it', () => {
    const message = 'word '.repeat(20).trim();
    const { lines } = renderWatch({ ...view, message }, { columns: 60, rows: 24 }, styles(false));
    expect(lines.join(' ').match(/word/g)).toHaveLength(20);
  });
});

function outcomeOf(graded: ReturnType<typeof report>) {
  return { report: graded, evidence: null, tookMs: 40, at: new Date(0) };
}
