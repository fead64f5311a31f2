import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { loadGrader } from '../../challenges/grader/load.ts';
import type { Testbed } from '../../grading/testbed.ts';
import { PASS } from '../../judging/checks/finding.ts';
import type { Grader } from '../../judging/grader.ts';
import { testbed } from '../../testing/testbeds.ts';
import { type MutationResult, mutateGrader } from './mutate.ts';
import { fate, mainRunOnly } from './run-mutant.ts';

const CHALLENGE = 'sessions/analytics';
const SCAN = ['SCAN', '0', 'MATCH', 'session:*', 'COUNT', '100', 'TYPE', 'hash'];

let bed: Testbed;
let grader: Grader;

beforeAll(async () => {
  bed = await testbed('local');
  grader = await loadGrader(CHALLENGE, SHIPPED);
});

describe('fate', () => {
  it('tells a mutant that gets full marks from one that does not', async () => {
    expect(await fate([SCAN], grader, bed)).toBe('survived');
    expect(await fate([SCAN.slice(0, 4)], grader, bed)).toBe('killed');
  });

  it('looks at the variants, too', async () => {
    const named = ['ECHO', 'session:chewbacca session:han_solo session:luke_skywalker 3'];
    const late = [['SCAN', '0', 'MATCH', 'session:lando*', 'TYPE', 'hash'], named];
    expect(await fate(late, mainRunOnly(grader), bed)).toBe('survived');
    expect(await fate(late, grader, bed)).toBe('killed');
  });

  it('tells a check that fails to do its work', async () => {
    const broken = {
      ...grader,
      checks: grader.checks.map((check) => ({
        ...check,
        judge: () => {
          throw new Error('broken');
        },
      })),
    };
    expect(await fate([SCAN], broken, bed)).toBe('error');
  });
});

describe('mutateGrader', () => {
  let result: MutationResult;

  beforeAll(async () => {
    // A check that lets everything through is a gap. The variants would only take time here.
    const main = mainRunOnly(grader);
    const checks = main.checks.map((check) =>
      check.id === 'untouched' ? { ...check, judge: () => PASS } : check,
    );
    const workshop = { fixture: 'workshop.valkey' };
    // One right submission is enough.
    const fixtures = await mkdtemp(join(tmpdir(), 'mutate-'));
    await cp(
      join(SHIPPED.fixtures, CHALLENGE, 'pass', workshop.fixture),
      join(fixtures, CHALLENGE, 'pass', workshop.fixture),
    );
    result = await mutateGrader({ ...main, checks }, { ...SHIPPED, fixtures }, bed, 4, [
      { ...workshop, reason: 'COUNT is free', mutator: 'change-value', added: '.* COUNT 101 .*' },
      { ...workshop, reason: 'not so', mutator: 'wrong-database' },
      { ...workshop, reason: 'nothing of the sort', mutator: 'ttl-none' },
    ]);
    await rm(fixtures, { recursive: true });
  });

  it('names the mutants that a blunted grader lets through', () => {
    expect(result.survivors).toContainEqual({
      fixture: 'workshop.valkey',
      mutator: 'extra-key',
      commands: [SCAN, ['SET', 'mutant:extra', '1']],
      command: 2,
      removed: [],
      added: ['SET mutant:extra 1'],
    });
  });

  it('counts those that are justified apart', () => {
    expect(result.equivalent).toBe(1);
    expect(result.killed).toBeGreaterThan(0);
    expect(result.killed + result.equivalent + result.survivors.length).toBe(result.mutants);
  });

  it('complains of entries that speak of no mutant, or of one that loses marks', () => {
    expect(result.problems).toEqual([
      expect.stringMatching(
        /the entry “not so” matches a mutant that loses marks: wrong-database of workshop/,
      ),
      'equivalent.json: the entry “nothing of the sort” matches no mutant',
    ]);
  });

  it('says so where there is nothing to make mutants of', async () => {
    const { problems, mutants } = await mutateGrader({ ...grader, id: 'no/challenge' }, SHIPPED, bed, 1);
    expect({ problems, mutants }).toEqual({
      problems: ['there is no right command file to make mutants of'],
      mutants: 0,
    });
  });

  it('makes no mutants on a server that is too old for the challenge', async () => {
    const { mutants, problems, notGradable } = await mutateGrader(
      { ...grader, minVersion: '99.0' },
      SHIPPED,
      bed,
      2,
    );
    expect({ mutants, problems }).toEqual({ mutants: 0, problems: [] });
    expect(notGradable).toMatch(/^not gradable on valkey .* 99\.0 or later$/);
  });
});
