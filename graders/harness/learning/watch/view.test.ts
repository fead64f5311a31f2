import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { styles } from '../../base/text/styles.ts';
import { check, failed, report } from '../../testing/report.ts';
import { renderWatch, type WatchView } from './view.ts';

const view: WatchView = {
  challenge: { id: 'a/b', title: 'A challenge with a title that is rather long' },
  place: { number: 2, of: 3 },
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

describe('the screen of watch', () => {
  it.each([true, false].flatMap((colors) => [120, 80, 40, 14].map((columns) => [columns, colors] as const)))(
    'is as large as a terminal of %i columns (colours: %s)',
    (columns, colors) => {
      for (const rows of [3, 10, 24, 60]) {
        const { lines } = renderWatch(view, { columns, rows }, styles(colors));
        expect(lines).toHaveLength(rows);
        for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      }
    },
  );

  it('shows what is to be done first, with the hints that were given', () => {
    const text = renderWatch(view, { columns: 80, rows: 40 }, styles(false)).lines.join('\n');
    expect(text).toMatch(
      /✗ The check second.*hint 1\/3 {2}Think of it.*hint 2\/3 {2}Think harder.*✓ The check first/s,
    );
  });

  it('scrolls no further than there is something to see', () => {
    const size = { columns: 80, rows: 10 };
    const { furthest } = renderWatch(view, size, styles(false));
    const { lines } = renderWatch({ ...view, scroll: 1000 }, size, styles(false));
    expect(furthest).toBeGreaterThan(0);
    expect(lines.join('\n')).toContain('The check third');
    expect(lines.join('\n')).not.toContain('more');
  });
});
