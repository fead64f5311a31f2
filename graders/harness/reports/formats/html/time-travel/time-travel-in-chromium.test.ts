import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import type { KeySnapshot } from '../../../../evidence/evidence.ts';
import { chromiumForTests, useChromium } from '../../../../testing/chromium.ts';
import { hash, list, set, string, zset } from '../../../../testing/evidence.ts';
import { type MadeStep, travelledBy, travelledSubmission } from '../../../../testing/travelled-submission.ts';
import type { GradedSubmission } from '../../format.ts';
import { page as writePage } from '../page.ts';

const program = chromiumForTests();
const OK = { kind: 'value', text: 'OK' } as const;
const content = (submission: GradedSubmission) => writePage([submission], new Date('2026-11-24T12:45:00Z'));

/** What is shown of the keys at a step, every one unfolded: each element's texts, without what is gone. */
const SHOWN = `(async () => {
  const keys = [...document.querySelectorAll('.state .key:not(.removed)')];
  for (const details of document.querySelectorAll('.state details')) details.open = true;
  await new Promise((done) => setTimeout(done, 20));
  const textOf = (cell) => (cell.querySelector('ins') ?? cell.querySelector('code')).textContent;
  return Object.fromEntries(keys.map((key) => [key.querySelector('.name').textContent,
    [...key.querySelectorAll('.value, tbody tr:not(.removed)')].map((row) =>
      row.matches('p') ? textOf(row) : [...row.querySelectorAll('th, td:not(.sign)')].filter((cell) => cell.querySelector('code')).map(textOf).join('='))]));
})()`;

describe.skipIf(program === undefined)('time travel in Chromium (skipped where there is none)', () => {
  const { open } = useChromium(program);

  async function travel(submission: GradedSubmission) {
    const { page, complaints } = await open(content(submission));
    const slider = page.getByLabel('Keys after step');
    return {
      page,
      complaints,
      slider,
      now: page.locator('.travel [aria-live=polite]'),
      state: page.getByRole('group', { name: 'The keys at this step' }),
      goTo: (step: number) =>
        slider.evaluate((input, value) => {
          (input as unknown as { value: string }).value = String(value);
          input.dispatchEvent(new Event('input'));
        }, step),
    };
  }

  it('shows the keys after the command that is clicked on, and what it changed', async () => {
    const { page, now, state, slider, complaints } = await travel(travelledSubmission());
    expect(await state.isVisible()).toBe(false);
    await page.getByText('HSET han credits 9500').first().click();
    expect(await now.innerText()).toBe('Step 2 of 9, line 2: HSET han credits 9500; credits: 10000 → 9500');
    expect(await slider.inputValue()).toBe('2');
    const han = state.locator('.key.changed');
    expect((await han.innerText()).split(/\s+/).join(' ')).toBe(
      '~ changed: han hash, 2 fields TTL 3600 s han Change Field Value ~ changed: credits "10000" → "9500" table "7"',
    );
    expect(await state.locator('.key').count()).toBe(6);
    expect(complaints).toEqual([]);
  });

  it('chooses with the arrow keys, Home and End', async () => {
    const { page, now } = await travel(travelledSubmission());
    await page.getByText('HSET han credits 9500').first().click();
    const press = async (key: string) => {
      await page.keyboard.press(key);
      return (await now.innerText()).slice(0, 20);
    };
    expect(await press('ArrowDown')).toBe('Step 3 of 9, line 3:');
    expect(await press('ArrowDown')).toBe('Step 4 of 9, line 4:');
    expect(await press('ArrowDown')).toBe('Step 5 of 9: keys ex');
    expect(await press('ArrowUp')).toBe('Step 4 of 9, line 4:');
    expect(await press('End')).toBe('Step 9 of 9: DEL old');
    expect(await press('ArrowDown')).toBe('Step 9 of 9: DEL old');
    expect(await press('Home')).toBe('Before the script');
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('aria-label')).toBe('0: show the keys before the script');
    expect(await focused.getAttribute('aria-current')).toBe('step');
    expect(await page.locator('.choose[tabindex="0"]').count()).toBe(1);
    expect(await page.locator('[aria-current]').count()).toBe(1);
  });

  it('chooses with the slider and the buttons beside it, and can be closed', async () => {
    const { page, now, slider, state } = await travel(travelledSubmission());
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    expect(await now.innerText()).toMatch(/^Step 1 of 9/);
    expect(await slider.getAttribute('aria-valuetext')).toBe('Step 1 of 9');
    await page.keyboard.press('End');
    expect(await now.innerText()).toMatch(/^Step 9 of 9/);
    expect(await page.getByLabel('Next step').isDisabled()).toBe(true);
    await page.getByLabel('Previous step').click();
    await page.getByLabel('Previous step').click();
    expect(await now.innerText()).toMatch(/^Step 7 of 9: MULTI … EXEC; crew: \+ leia; old: TTL 60 s → 90 s$/);
    expect(await page.locator('tr.chosen').count()).toBe(4);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await state.isVisible()).toBe(false);
    expect(await page.locator('tr.chosen').count()).toBe(0);
    expect(await page.locator(':focus').getAttribute('class')).toBe('choose');
  });

  it('shows each key as it was, whichever way one comes', async () => {
    const { submission, states } = randomHistory(150);
    const { page, goTo, complaints } = await travel(submission);
    for (const step of [150, 0, 1, 149, 64, 65, 63, 128, 127, 2, 90, 91, 90, 12, 33, 77]) {
      await goTo(step);
      expect(await page.evaluate(SHOWN), `step ${step}`).toEqual(asShown(states[step] ?? []));
    }
    expect(complaints).toEqual([]);
  });

  it('can be used by everybody, in light and in dark, and fits a phone', async () => {
    const { page, goTo } = await travel(travelledSubmission());
    for (const step of [2, 7, 9]) {
      await goTo(step);
      await page.evaluate(axe.source);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = (await page.evaluate('axe.run(document)')) as axe.AxeResults;
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  it('lets no hostile text run or become markup', async () => {
    const text =
      '</script><script>window.pwned = 1</script><img src=x onerror="window.pwned = 2"><!-- <script>';
    const value = string(text);
    const { page, state, goTo, complaints } = await travel(
      travelledBy({ [text]: hash({ [text]: text }) }, [
        { commands: ['SET a x'], reply: { kind: 'value', text }, changes: { [text]: value } },
        { commands: ['SET a y'], reply: OK, changes: { [`${text}2`]: list([text]) } },
      ]),
    );
    for (const step of [0, 1, 2]) {
      await goTo(step);
      await page.evaluate(SHOWN);
      expect(await state.innerText()).toContain('<script>window.pwned = 1</script>');
      expect(await state.locator('script, img').count()).toBe(0);
    }
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  it('copes with 5,000 steps: those that have no row, too', async () => {
    const made = Array.from({ length: 5_000 }, (_, index): MadeStep => {
      const key = `key:${index % 300}`;
      return { commands: [`SET ${key} ${index}`], reply: OK, changes: { [key]: string(`v${index}`) } };
    });
    const { now, goTo, state } = await travel(travelledBy({}, made));
    for (const step of [5_000, 3_000, 1, 4_321]) {
      await goTo(step);
      expect(await now.innerText()).toContain(
        `Step ${step} of 5000: SET key:${(step - 1) % 300} ${step - 1};`,
      );
      expect(await state.locator('.key:not(.same) :is(ins, code:not(.name))').last().innerText()).toBe(
        `"v${step - 1}"`,
      );
      expect(await state.locator('.key').count()).toBeLessThanOrEqual(50);
    }
  });

  it('is not there without a script, and not on paper', async () => {
    const { page } = await travel(travelledSubmission());
    expect(content(travelledSubmission())).toMatch(/<div class="travel"[^>]* hidden>/);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.travel').isVisible()).toBe(false);
    expect(await page.locator('.changes').first().isVisible()).toBe(true);
  });
});

/** Keys of every type, and steps that change them at random: always the same. */
function randomHistory(count: number) {
  let seed = 7;
  const random = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * limit);
  };
  const some = (limit: number) => Array.from({ length: random(limit) }, () => `m${random(30)}`);
  const makers = {
    h: () =>
      hash(
        Object.fromEntries([...new Set(['f', ...some(9)])].sort().map((name) => [name, String(random(3))])),
      ),
    l: () => list(['i', ...some(9)]),
    s: () => set([...new Set(['m', ...some(9)])].sort()),
    t: () => string(`v${random(99)}`),
    z: () => {
      const scores = [...new Set(['m', ...some(9)])].map((name) => [name, random(5)] as const);
      return zset(Object.fromEntries(scores.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))));
    },
  };
  const names = Object.keys(makers) as (keyof typeof makers)[];
  const keys = new Map(names.map((name) => [name, makers[name]()]));
  const before = Object.fromEntries(keys);
  const states = [[...keys].map(([key, body]) => ({ key, ...body }) as KeySnapshot)];
  const made = Array.from({ length: count }, (): MadeStep => {
    const name = names[random(names.length)] ?? 'h';
    const body = random(12) === 0 ? null : makers[name]();
    if (body) keys.set(name, body);
    else keys.delete(name);
    states.push([...keys].map(([key, now]) => ({ key, ...now }) as KeySnapshot));
    return { commands: [`SET ${name} x`], reply: OK, changes: { [name]: body } };
  });
  return { submission: travelledBy(before, made), states };
}

function asShown(state: readonly KeySnapshot[]) {
  return Object.fromEntries(state.map((key) => [key.key, elementsOf(key)]));
}

function elementsOf(key: KeySnapshot): string[] {
  switch (key.type) {
    case 'hash':
      return key.fields.map(({ field, value }) => `${field}="${value}"`);
    case 'zset':
      return key.members.map(({ member, score }) => `${member}=${score}`);
    case 'set':
      return key.members.map(String);
    case 'list':
      return key.items.map((item, index) => `${index}="${item}"`);
    case 'string':
      return [`"${key.value}"`];
    default:
      return [];
  }
}
