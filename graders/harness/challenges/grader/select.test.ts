import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { SHIPPED } from '../collection/collection.ts';
import { loadNamed } from './load.ts';
import { readSelector, selectChallenge, selectChallenges } from './select.ts';

const CANTINA = 'sessions/cantina';

describe('selectChallenge', () => {
  it.each([
    CANTINA,
    'sessions/cantina/',
    './sessions/cantina',
    '././sessions//cantina/.',
    'challenges/sessions/cantina',
    'challenges/sessions/cantina/',
    './challenges/sessions/cantina',
    '../class/challenges/sessions/cantina/',
    'graders/sessions/cantina.yaml',
    'sessions\\cantina',
    ' sessions/cantina ',
    'cantina',
    'cantina/',
  ])('takes %j', async (name) => {
    expect(await selectChallenge(name, SHIPPED)).toBe(CANTINA);
    expect((await loadNamed(name, SHIPPED)).id).toBe(CANTINA);
    expect(await selectChallenges(`caching/bulk,${name}`, SHIPPED)).toEqual(['caching/bulk', CANTINA]);
  });

  it.each([
    ['Sessions/Cantina', CANTINA],
    ['session/cantina', CANTINA],
    ['sessions/cantine', CANTINA],
    ['Cantina', CANTINA],
    ['cantna', CANTINA],
    ['bonus/cantina', CANTINA],
    ['challenges/sessions/cantina/solution.valkey', CANTINA],
    ['Sessions', 'sessions'],
    ['sesions', 'sessions'],
  ])('asks whether %j means %s', async (name, meant) => {
    await expect(selectChallenge(name, SHIPPED)).rejects.toThrow(UsageError);
    await expect(selectChallenge(name, SHIPPED)).rejects.toThrow(
      ` named "${name}"; did you mean ${meant}?\nThe challenges are:\n  analytics/alerts\n`,
    );
  });

  it.each(['', '/', 'no/such', 'sessions/nothing', '../../etc/passwd'])(
    'only names those that there are for %j',
    async (name) => {
      await expect(selectChallenge(name, SHIPPED)).rejects.toThrow(
        ` named ${JSON.stringify(name)}.\nThe challenges are:`,
      );
    },
  );

  it.each(['sessions', 'sessions/', 'all'])('asks for one of several: %j', async (name) => {
    await expect(selectChallenge(name, SHIPPED)).rejects.toThrow(
      /^".*" names several challenges. Name one of them:\n(?: {2}.*\n)*? {2}sessions\/analytics\n/,
    );
  });
});

describe('selectChallenges', () => {
  it('takes missions, all, and each once', async () => {
    const sessions = await selectChallenges('sessions', SHIPPED);
    expect(sessions).toContain(CANTINA);
    expect(await selectChallenges('challenges/sessions/,cantina,sessions,', SHIPPED)).toEqual(sessions);
    expect((await selectChallenges('all', SHIPPED)).length).toBeGreaterThan(sessions.length);
  });

  it('takes the path of a grader', async () => {
    const path = relative(process.cwd(), `${SHIPPED.graders}/sessions`);
    expect(await selectChallenges(`${path}/cantina.yaml`, SHIPPED)).toEqual([CANTINA]);
  });
});

describe('readSelector', () => {
  it('writes it without what need not be there', async () => {
    const { selector } = await readSelector(' challenges/sessions/ ,cantina, caching/bulk/,cantina', SHIPPED);
    expect(selector).toBe('sessions,sessions/cantina,caching/bulk');
  });
});
