import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { chromiumForTests, useChromium } from '../../../testing/chromium.ts';
import {
  erroredSubmission,
  failedSubmission,
  passedSubmission,
  unrunSubmission,
  withTexts,
} from '../../../testing/graded-submissions.ts';
import { printHazards, wordsUponEachOther } from '../../../testing/print.ts';
import { check, failed, report } from '../../../testing/report.ts';
import { PATIENCE } from '../../../testing/time-enough.ts';
import { travelledSubmission } from '../../../testing/travelled-submission.ts';
import type { GradedSubmission } from '../format.ts';
import { page as writePage } from './page.ts';

const NOW = new Date('2026-11-24T12:45:00Z');
const program = chromiumForTests();

/** Markup, policies of its own, addresses to call and characters that turn text round, in one text. */
const HOSTILE = [
  '"></title></style></textarea></script><script>window.pwned = 1</script>',
  `'><img src="http://evil.invalid/x" onerror="window.pwned = 2">`,
  '<svg onload=window.pwned=3><iframe srcdoc="<script>parent.pwned = 4</script>"></iframe></svg>',
  '<base href="http://evil.invalid/"><meta http-equiv="refresh" content="0;url=http://evil.invalid/">',
  '<link rel="stylesheet" href="http://evil.invalid/"><style>body { display: none }</style>',
  '</li></ol></section></main></table></details></body><!-- ]]> --> javascript:window.pwned=5',
  '{{constructor.constructor("window.pwned = 6")()}} &lt;script&gt; \\u003cscript>',
  '\u202egnirts\u2066\u200b\ufeff\u0000\u001b[2J\ud800\u{e0041}',
].join(' ');

const REPORTS: Record<string, () => GradedSubmission[]> = {
  passed: () => [passedSubmission()],
  failed: () => [failedSubmission()],
  error: () => [erroredSubmission()],
  'not started': () => [unrunSubmission('not started')],
  'not gradable': () => [unrunSubmission('not gradable')],
  'several challenges': () => [passedSubmission(), failedSubmission(), unrunSubmission('error')],
  'a history': () => [travelledSubmission()],
  hostile: () => [
    withTexts(failedSubmission(), HOSTILE),
    withTexts(travelledSubmission(), HOSTILE),
    withTexts(unrunSubmission('error'), HOSTILE),
  ],
};

describe.skipIf(program === undefined)('the page in Chromium (skipped where there is none)', () => {
  const { open } = useChromium(program);
  const content = (name: string) => writePage(REPORTS[name]?.() ?? [], NOW);

  it.each(Object.keys(REPORTS))('opens without a complaint or a request: %s', async (name) => {
    const { page, complaints } = await open(content(name));
    expect(await page.locator('main').innerText()).toContain('points');
    expect(complaints).toEqual([]);
  });

  it.each(Object.keys(REPORTS))('can be used by everybody, in light and in dark: %s', async (name) => {
    const { page } = await open(content(name));
    // What is folded is looked at, too.
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    await page.evaluate(axe.source);
    const violations = async (options: axe.RunOptions) => {
      const result = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as axe.AxeResults;
      expect(result.passes.length).toBeGreaterThan(0);
      return result.violations.map(
        ({ id, impact, nodes }) => `${impact}: ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
      );
    };
    expect(await violations({})).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations({ runOnly: ['color-contrast'] })).toEqual([]);
  });

  it.each([1280, 390])('fits into %d pixels', async (width) => {
    for (const name of ['failed', 'hostile']) {
      const { page } = await open(content(name), { width });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });

  it('lets no hostile text run or become markup', async () => {
    const shapes = [];
    for (const text of [HOSTILE, 'x']) {
      const submissions = [withTexts(failedSubmission(), text), withTexts(unrunSubmission('error'), text)];
      const { page, complaints } = await open(writePage(submissions, NOW));
      expect(await page.evaluate('window.pwned')).toBeUndefined();
      expect(complaints).toEqual([]);
      shapes.push(
        await page.evaluate(`[...document.querySelectorAll('*')].map((element) =>
          [element.tagName, ...element.getAttributeNames()].join(' '))`),
      );
      if (text === 'x') continue;
      const shown = await page.locator('body').innerText();
      expect(shown).toContain('<script>window.pwned = 1</script>');
      expect(shown).toContain('\\u202egnirts\\u2066\\u200b\\ufeff\\x00\\x1b[2J\\ud800\\u{e0041}');
    }
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it('lets nothing run even where markup came in', async () => {
    // A page's policy cannot keep it from being left: that is all that such markup could do.
    const injected = HOSTILE.replace(/<meta[^>]*>|<\/main>/g, '');
    const broken = content('failed').replace('</main>', () => `${injected}</main>`);
    expect(broken).toContain('<img src="http://evil.invalid/x" onerror=');
    const { page, complaints } = await open(broken);
    const of = (kind: string) => complaints.filter((complaint) => complaint.startsWith(kind));
    await expect.poll(() => of('error: ').join(), PATIENCE).toContain('Content Security Policy');
    await page.waitForTimeout(200);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    // Chromium tells of what it was asked for, and then that the policy kept it from asking anybody.
    await expect.poll(() => of('stopped: http').length - of('request: http').length, PATIENCE).toBe(0);
    expect(of('stopped: http').filter((complaint) => !complaint.endsWith(' csp'))).toEqual([]);
  });

  it('can be searched as a whole: what is folded opens where the text is', async () => {
    const text = encodeURIComponent('the marker of the other run');
    const { page } = await open(content('failed'), { hash: `#:~:text=${text}` });
    const details = page.locator('details.variant');
    await expect.poll(() => details.getAttribute('open'), PATIENCE).not.toBeNull();
    const found = await open(content('failed'));
    expect(await found.page.locator('details.variant').getAttribute('open')).toBeNull();
  });

  it('opens what a link leads into', async () => {
    const { page } = await open(content('failed'));
    await page.locator('a[href="#challenge-1-run-1-command-1"]').click();
    const row = page.locator('#challenge-1-run-1-command-1');
    expect(await row.isVisible()).toBe(true);
    expect(await row.evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true);
  });

  it('filters the commands', async () => {
    const { page } = await open(content('failed'));
    const filter = page.locator('.filter').first();
    const rows = page.locator('#challenge-1-run-0-commands tbody tr:visible');
    expect(await rows.count()).toBe(25);
    await filter.getByLabel('Filter').fill('get KEY:1');
    expect(await rows.count()).toBe(11);
    expect(await filter.locator('output').innerText()).toBe('11 of 25 shown');
    await filter.getByLabel('Filter').fill('');
    await filter.getByLabel('only those that a check names').check();
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringContaining('HSET han'),
      expect.stringContaining('DEL old'),
    ]);
  });

  it('can be used with the keyboard alone', async () => {
    const { page } = await open(content('failed'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    const all = 'a[href], summary, input, button, select, textarea, [tabindex="0"]';
    const reachable = await page.evaluate(`[...document.querySelectorAll('${all}')]
      .filter((element) => element.checkVisibility()).length`);
    const reached = new Set<unknown>();
    for (let step = 0; step < 500; step += 1) {
      const place = await page.evaluate(`(() => {
        const at = document.activeElement;
        const style = getComputedStyle(at);
        return at === document.body ? null : [[...document.querySelectorAll('*')].indexOf(at), style.outlineStyle].join(' ');
      })()`);
      if (place === null || reached.has(place)) break;
      reached.add(place);
      await page.keyboard.press('Tab');
    }
    expect(reached.size).toBe(reachable);
    expect([...reached].filter((place) => String(place).endsWith('none'))).toEqual([]);
    const summary = page.locator('details.variant > summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('details.variant').getAttribute('open')).not.toBeNull();
  });

  it.each(Object.keys(REPORTS))('lays nothing out for paper that would overlap there: %s', async (name) => {
    const { page } = await open(content(name));
    expect(await printHazards(page)).toEqual([]);
    expect(await page.locator('.travel:visible, .filter:visible, nav:visible').count()).toBe(0);
  });

  // Skipped where there is no pdftotext, which finds what is printed upon each other.
  it.each([7, 8, 9, 10, 11, 12])('prints %d stories, and what follows, below each other', async (number) => {
    const { evidence } = failedSubmission();
    const story = { expected: 'one line\nand another', actual: 'something else', hint: 'Look again.' };
    const checks = [
      check('first'),
      ...Array.from({ length: number }, (_, index) => failed(`check-${index}`, story)),
    ];
    const { page } = await open(writePage([{ report: report({ checks, score: 1 }), evidence }], NOW));
    expect(wordsUponEachOther(await page.pdf({ format: 'A4' }))).toEqual([]);
  });

  it('names the learner of a class, and leads back to all, wherever the folder is', async () => {
    const place = { learner: `Ana ${HOSTILE}`, overview: '../../../index.html' };
    const { page, complaints } = await open(writePage([failedSubmission()], NOW, place));
    expect(complaints).toEqual([]);
    expect(await page.locator('.learner').innerText()).toContain('Ana "></title>');
    expect(await page.title()).toMatch(/^Ana /);
    const link = page.getByRole('link', { name: 'All submissions' });
    expect(await link.getAttribute('href')).toBe('../../../index.html');
  });

  it('prints everything', async () => {
    const { page } = await open(content('failed'));
    await page.evaluate(`addEventListener('beforeprint', () => {
      window.foldedInPrint = document.querySelectorAll('details:not([open])').length;
    })`);
    const folded = await page.locator('details:not([open])').count();
    expect(folded).toBeGreaterThan(0);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await page.evaluate('window.foldedInPrint')).toBe(0);
    expect(await page.locator('details:not([open])').count()).toBe(folded);
  });
});
