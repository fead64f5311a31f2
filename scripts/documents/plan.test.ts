import { describe, expect, it } from 'vitest';
import type { DocumentedCommand } from './documented-command.ts';
import { account, type Plan } from './plan.ts';

const block = (text: string, ...headings: string[]): DocumentedCommand => ({
  text,
  document: 'a.md',
  line: 1,
  headings,
  block: true,
  output: [],
});
const inSentence = (text: string): DocumentedCommand => ({ ...block(text), block: false });
const PLAN: Plan = { document: 'a.md', setting: 'clone' };

/** The commands of each plan, in order. */
function run(commands: DocumentedCommand[], plans: Plan[]): string[][] {
  const { steps } = account(commands, plans, []);
  return plans.map((plan) => (steps.get(plan) ?? []).map(({ text }) => text));
}

describe('account', () => {
  it('finds what nobody runs, and what is said of commands that are gone', () => {
    const gone = { command: 'npm start', reason: 'gone' };
    const note = { command: 'npm ci', code: 1 };
    const other: Plan = { document: 'b.md', setting: 'clone' };
    const elsewhere = { ...block('npm run new'), document: 'c.md' };
    expect(
      account([block('npm test'), elsewhere], [{ ...PLAN, notes: [note] }, other], [gone]),
    ).toMatchObject({
      unaccounted: [{ text: 'npm run new' }],
      unusedExceptions: [gone],
      unusedPlans: [other],
      unusedNotes: [note],
    });
  });

  it('runs what stands under a heading by the plan of that heading', () => {
    const part: Plan = { ...PLAN, under: 'Part' };
    const commands = [
      block('npm a', 'All'),
      block('npm b', 'All', 'Part'),
      block('npm c', 'All', 'Part', 'C'),
    ];
    expect(run(commands, [PLAN, part])).toEqual([['npm a'], ['npm b', 'npm c']]);
  });

  it('runs what a sentence names once, and not where a block says the same', () => {
    const commands = [
      inSentence('keyspace-grader list'),
      inSentence('npm run build'),
      block('npx keyspace-grader list'),
      inSentence('npm run build'),
    ];
    expect(run(commands, [PLAN])).toEqual([['npm run build', 'npx keyspace-grader list']]);
  });

  it('runs neither exceptions nor what shows how a command is written', () => {
    const commands = [block('npm test'), inSentence('keyspace-grader grade <challenge>'), block('npm ci')];
    const exceptions = [{ command: /^npm test$/, document: 'a.md', reason: 'of a test' }];
    const { steps, unaccounted } = account(commands, [PLAN], exceptions);
    expect(steps.get(PLAN)).toMatchObject([{ text: 'npm ci' }]);
    expect(unaccounted).toEqual([]);
  });

  it('gives each of several equal commands the note that is meant for it', () => {
    const first = { command: 'npm ci', occurrence: 1, code: 1 };
    const second = { command: 'npm ci', occurrence: 2, code: 2 };
    const plan: Plan = { ...PLAN, notes: [second, first] };
    const { steps } = account([block('npm ci'), block('npm ci'), block('npm ci')], [plan], []);
    expect(steps.get(plan)?.map(({ note }) => note)).toEqual([first, second, undefined]);
  });
});
