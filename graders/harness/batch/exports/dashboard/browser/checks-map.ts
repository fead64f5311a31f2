import { byId } from '../../../../reports/formats/html/browser/page-elements.ts';
import { element, person, scoreBar, unseen } from './elements.ts';
import { LongTable } from './long-table.ts';
import type { CheckLetter } from './page-data.ts';
import { type Cell, cellAt, data, type Row } from './rows.ts';
import { toneOf } from './tones.ts';

/** The map of checks by submission. */
export const checksMap = new LongTable<Row>(byId('heat', HTMLElement), 'Checks by submission', 1.75);

/** How a field of the map looks, and what it says to those who hear the page. */
interface Look {
  tone: string;
  sign: string;
  words: string;
}

const LOOKS: Readonly<Record<CheckLetter, Look>> = {
  p: { tone: 'good', sign: '✓', words: 'passed' },
  f: { tone: 'bad', sign: '✗', words: 'failed' },
  s: { tone: 'idle', sign: '·', words: 'skipped' },
  e: { tone: 'warn', sign: '!', words: 'not judged' },
  '-': { tone: 'none', sign: '', words: 'nothing to judge' },
};
const CHECKS_LEGEND = [LOOKS.p, LOOKS.f, LOOKS.s, LOOKS.e];
const CHALLENGES_LEGEND: readonly Look[] = [
  { tone: 'good', sign: '✓', words: 'passed' },
  { tone: 'bad', sign: '5', words: 'points so far' },
  { tone: 'idle', sign: '0', words: 'not started' },
  { tone: 'warn', sign: '–', words: 'not graded' },
];

const choice = byId('challenge', HTMLSelectElement);

/** A column of the map: a challenge, or a check of the challenge that is shown. */
interface Column {
  title: string;
  look(row: Row): Look;
  /** How it went with somebody. */
  letter(row: Row): CheckLetter;
}

/** Calls this whenever another challenge is chosen. */
export function onChallenge(listener: () => void): void {
  choice.addEventListener('change', listener);
}

/** Draws the map of these rows, the legend, and what the columns mean. */
export function showChecks(rows: readonly Row[]): void {
  const challenge = choice.value === 'all' ? null : Number(choice.value);
  const columns = challenge === null ? challengeColumns() : checkColumns(challenge);
  byId('legend', HTMLElement).replaceChildren(
    ...(challenge === null ? CHALLENGES_LEGEND : CHECKS_LEGEND).map(legendEntry),
  );
  checksMap.columns(
    [element('th', { scope: 'col', class: 'name' }, 'Learner'), ...columns.map(headCell)],
    ['name', ...columns.map(() => 'cell')],
    (row) =>
      element('tr', {}, person(row, challenge), ...columns.map((column, at) => field(row, column, at))),
  );
  byId('columns', HTMLElement).replaceChildren(...columns.map((column) => passRate(column, rows)));
  checksMap.show(rows);
}

function challengeColumns(): Column[] {
  return data.challenges.map(({ title }, index) => ({
    title,
    look: (row) => challengeLook(cellAt(row, index)),
    letter(row) {
      const { hasPage, status, score } = cellAt(row, index);
      if (!hasPage) return '-';
      if (score === null) return 'e';
      return status === 'passed' ? 'p' : 'f';
    },
  }));
}

function checkColumns(challenge: number): Column[] {
  return (data.challenges[challenge]?.checks ?? []).map(({ title }, index) => {
    const letter = (row: Row) => (cellAt(row, challenge).checks[index] ?? '-') as CheckLetter;
    return { title, letter, look: (row) => LOOKS[letter(row)] };
  });
}

function challengeLook({ status, score }: Cell): Look {
  return { tone: toneOf(status), sign: signOf(), words: data.statuses[status] };

  function signOf(): string {
    if (status === 'passed') return '✓';
    if (score === null) return '–';
    return status === 'not submitted' ? '' : String(score);
  }
}

function legendEntry({ tone, sign, words }: Look): HTMLElement {
  const field = element('span', { class: `cell tone-${tone}`, 'aria-hidden': 'true' }, sign);
  return element('span', {}, field, ` ${words}`);
}

function headCell({ title }: Column, index: number): HTMLElement {
  const number = element('span', { 'aria-hidden': 'true' }, String(index + 1));
  return element('th', { scope: 'col', title }, number, unseen(title));
}

function field(row: Row, { title, look }: Column, index: number): HTMLElement {
  const { tone, sign, words } = look(row);
  return element(
    'td',
    { class: `tone-${tone}`, title: `${index + 1} ${title}: ${words}` },
    element('span', { 'aria-hidden': 'true' }, sign),
    unseen(words),
  );
}

/** What a column means, and how many pass, of those who are shown. */
function passRate({ title, letter }: Column, rows: readonly Row[]): HTMLElement {
  const judged = rows.map(letter).filter((one) => one !== '-' && one !== 'e');
  const passed = judged.filter((one) => one === 'p').length;
  const words = judged.length === 0 ? 'nobody yet' : `${Math.round((passed / judged.length) * 100)} %`;
  return element(
    'li',
    {},
    element('span', {}, title),
    element('span', { class: 'number' }, words),
    scoreBar(passed, judged.length),
  );
}
