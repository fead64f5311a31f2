import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { batchResults, type MadeUp } from '../../../testing/batch-results.ts';
import { chromiumForTests, useChromium } from '../../../testing/chromium.ts';
import { printHazards, wordsUponEachOther } from '../../../testing/print.ts';
import { check, failed, report } from '../../../testing/report.ts';
import { PATIENCE } from '../../../testing/time-enough.ts';
import { recordKey } from '../../record.ts';
import type { BatchResults } from '../../results.ts';
import { dashboard } from './page.ts';

const program = chromiumForTests();
const HOSTILE =
  '</script><script>window.pwned = 1</script><img src="http://evil.invalid/x" onerror="window.pwned = 2"><!-- \u202egnirts';
const CHALLENGES = ['sessions/cantina', 'sessions/validation'];

const half = (actual = 'no TTL') =>
  report({ checks: [check('one'), failed('two', { actual }, { maxScore: 2 })] });
const broken = report({ status: 'error', score: null, checks: [], fault: 'No engine answers.' });
/** A small class in which everything is that can be. */
const CLASS: MadeUp[] = [
  { id: 'ana', learner: { name: 'Ana Silva' }, reports: [report({ elapsedMs: 9000 }), report()], late: 0 },
  { id: 'ben', learner: { name: 'Ben Müller' }, reports: [half(), report()], late: 7200 },
  { id: 'eve', learner: { name: 'Eve O’Neill' }, reports: [broken, null], late: 0 },
  { id: 'mia', learner: { name: 'Mia Rossi' }, reports: [half(), half()], late: 0 },
  { id: 'gone', learner: { name: 'Gus Gone' }, reports: null },
];
const plain = (count: number): MadeUp[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `learner-${index}`,
    reports: index % 2 === 0 ? [report(), half()] : [half(), half()],
  }));

/** The dashboard of results, with commands that two of the class alone share. */
function pageOf(results: BatchResults): string {
  const own = ['SET notes:mine "by the window"', 'LPUSH queue:tmp zzz', 'HSET session:hansolo usrname hslo'];
  const made = results.rows.flatMap(({ id, cells }) =>
    cells.flatMap(({ challenge, record }) => {
      const commands = ['HGETALL session', ...(['ben', 'mia'].includes(id) ? own : [])];
      return record ? [[recordKey({ challenge, submission: id }), { digest: '', commands }] as const] : [];
    }),
  );
  return dashboard(results, new Map(made));
}

describe.skipIf(program === undefined)('the dashboard in Chromium (skipped where there is none)', () => {
  const chromium = useChromium(program);
  const open = (people: readonly MadeUp[], width?: number) =>
    chromium.open(pageOf(batchResults(people, CHALLENGES)), width === undefined ? {} : { width });
  const namesIn = (page: Page, box = '#submissions') =>
    page.locator(`${box} tbody:not([aria-hidden]) th bdi`).allInnerTexts();

  it('shows what came of the class, and asks nobody for anything', async () => {
    const { page, complaints } = await open([...CLASS, ...plain(40)]);
    expect(complaints).toEqual([]);
    const text = await page.locator('main').innerText();
    expect(text).toContain('44 of 45');
    expect(text).toContain('2 h late');
    expect(text).toContain('Gus Gone');
    expect(text).toContain('No engine answers.');
    expect(text).toContain('9.00 s');
    expect(text).toMatch(/Ben Müller\s+and\s+Mia Rossi/);
    expect(await page.locator('a[href="reports/sessions/cantina/ben.html"]').count()).toBeGreaterThan(1);
  });

  it('sorts, filters and searches', async () => {
    const { page } = await open(CLASS);
    // Who has no points that are known stands last.
    expect(await namesIn(page)).toEqual(['Ana Silva', 'Ben Müller', 'Mia Rossi', 'Eve O’Neill', 'Gus Gone']);
    const heading = page.locator('#submissions').getByRole('button', { name: 'Points' });
    await heading.press('Enter');
    expect(await namesIn(page)).toEqual(['Mia Rossi', 'Ben Müller', 'Ana Silva', 'Eve O’Neill', 'Gus Gone']);
    expect(await page.locator('#submissions th.points').getAttribute('aria-sort')).toBe('ascending');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Points');
    await page.getByLabel('Search').fill('ROSSI mia@');
    expect(await namesIn(page)).toEqual(['Mia Rossi']);
    expect(await namesIn(page, '#heat')).toEqual(['Mia Rossi']);
    expect(await page.locator('#shown').innerText()).toBe('1 of 5 shown');
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Show').selectOption('late');
    expect(await namesIn(page)).toEqual(['Ben Müller']);
    await page.getByLabel('Show').selectOption('error');
    expect(await namesIn(page)).toEqual(['Eve O’Neill']);
  });

  it('maps checks by submission', async () => {
    const { page } = await open(CLASS);
    await page.locator('#challenge').selectOption('0');
    expect(await page.locator('#columns').innerText()).toMatch(/The check one holds\s*100 %/);
    const row = page.locator('#heat tr', { hasText: 'Ben Müller' });
    expect(await row.locator('td .unseen').allInnerTexts()).toEqual(['passed', 'failed']);
  });

  it('keeps few rows of thousands in the page, and comes to each of them', async () => {
    const { page, complaints } = await open(plain(5_000));
    const rows = page.locator('#submissions tbody:not([aria-hidden]) tr');
    expect(await rows.count()).toBeLessThan(100);
    expect(await page.locator('#submissions table').getAttribute('aria-rowcount')).toBe('5001');
    await page.locator('#submissions').evaluate((box) => {
      box.scrollTop = box.scrollHeight;
    });
    await expect.poll(() => rows.last().getAttribute('aria-rowindex'), PATIENCE).toBe('5001');
    expect(await rows.count()).toBeLessThan(100);
    // What the browser lays out agrees with what was reckoned: the last row ends where the box does.
    const rest = await page.locator('#submissions').evaluate((box) => {
      const last = [...box.querySelectorAll('tbody:not([aria-hidden]) tr')].at(-1);
      return Math.abs((last?.getBoundingClientRect().bottom ?? 0) - box.getBoundingClientRect().bottom);
    });
    expect(rest).toBeLessThan(20);
    await page.getByLabel('Search').fill('learner-4999');
    expect(await namesIn(page)).toEqual(['learner-4999']);
    expect(complaints).toEqual([]);
  });

  it('breaks no rule of axe, light and dark', async () => {
    const { page } = await open([...CLASS, ...plain(40)]);
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const choice of ['all', '0']) {
        await page.locator('#challenge').selectOption(choice);
        const { passes, violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
        expect(passes.length).toBeGreaterThan(0);
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}: ${nodes[0]?.failureSummary}`),
        ).toEqual([]);
      }
    }
  });

  it.each([1280, 390])('fits into %d pixels', async (width) => {
    const { page } = await open([...CLASS, ...plain(40)], width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('lets no hostile text run or become markup', async () => {
    const people: MadeUp[] = [
      {
        id: 'ben',
        learner: { name: HOSTILE, identifier: HOSTILE },
        reports: [half(HOSTILE), broken],
        late: 9,
      },
      { id: 'gone', learner: { name: HOSTILE, identifier: HOSTILE }, reports: null },
    ];
    const { page, complaints } = await open(people);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(complaints).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
    const text = await page.locator('#submissions').innerText();
    expect(text).toContain('</script><script>window.pwned = 1</script>');
    expect(text).toContain('\\u202egnirts');
  });

  it('lays nothing out for paper that would overlap or be cut there', async () => {
    const { page } = await open([...CLASS, ...plain(40)]);
    expect(await printHazards(page)).toEqual([]);
    expect(await page.evaluate(`getComputedStyle(document.querySelector('#heat')).maxHeight`)).toBe('none');
  });

  it('tells no average where nothing was graded', async () => {
    const people: MadeUp[] = [{ id: 'eve', reports: [broken, null] }];
    const { page } = await open(people);
    const text = await page.locator('main').innerText();
    expect(text).toContain('Nothing is graded yet.');
    expect(text).not.toMatch(/average|median|of 6|0 %/);
  });

  it('says why scripts were refused, and who is not on the roster', async () => {
    const refused = report({
      status: 'not started',
      score: 0,
      checks: [],
      fault: 'solution.sh has more than 1 MiB.',
    });
    const { page } = await open([
      { id: 'ana', reports: [report(), refused] },
      { id: 'stray', learner: null, reports: [half(), half()] },
    ]);
    expect(await page.locator('#refused').innerText()).toMatch(
      /ana\s+sessions\/validation\s+solution.sh has more than 1 MiB/,
    );
    expect(await page.locator('#strangers').innerText()).toContain('stray');
    const { page: other } = await open(CLASS);
    expect(await other.locator('#refused, #strangers').count()).toBe(0);
  });

  it('prints every row', async () => {
    const { page } = await open(plain(300));
    await page.evaluate(`addEventListener('beforeprint', () => {
      window.printed = document.querySelectorAll('#submissions tbody:not([aria-hidden]) tr').length;
    })`);
    const pdf = await page.pdf({ format: 'A4' });
    expect(await page.evaluate('window.printed')).toBe(300);
    expect(wordsUponEachOther(pdf)).toEqual([]);
  });
});
