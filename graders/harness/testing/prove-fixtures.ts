import { beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED } from '../collection/collection.ts';
import { type Fixture, listFixtures, readGoldens, starterOf } from '../fixtures/fixture.ts';
import { gradeFixture, outcome } from '../fixtures/grade-fixture.ts';
import { neverFailed } from '../fixtures/verify.ts';
import { listChallenges } from '../grader/list.ts';
import { loadGrader } from '../grader/load.ts';
import type { Testbed } from '../testbed.ts';
import { dockerForTests } from './docker.ts';
import { type TestbedName, testbed } from './testbeds.ts';

/** Proves the graders of a mission with their fixtures, on every testbed: the tests of a file of their own. */
export async function proveFixtures(mission: string): Promise<void> {
  const docker = await dockerForTests();
  const ids = (await listChallenges(SHIPPED)).filter((id) => id.startsWith(`${mission}/`));
  const challenges = await Promise.all(
    ids.map(async (id) => ({
      grader: await loadGrader(id, SHIPPED),
      fixtures: await listFixtures(id, SHIPPED),
      goldens: await readGoldens(id, SHIPPED),
    })),
  );

  describe.each(challenges)('the fixtures of $grader.id', ({ grader, fixtures, goldens }) => {
    const wrong = fixtures.filter(({ kind }) => kind === 'fail');

    it('are enough: right ones, wrong ones, and one for every check that fails it', () => {
      expect(fixtures.filter(({ kind }) => kind === 'pass').length).toBeGreaterThanOrEqual(3);
      expect(wrong.length).toBeGreaterThanOrEqual(5);
      expect(Object.keys(goldens).sort()).toEqual(wrong.map(({ name }) => name));
      expect(neverFailed(grader, goldens)).toEqual([]);
    });

    describe.each<TestbedName>(['local', 'docker', 'container'])('on the testbed %s', (name) => {
      let bed: Testbed;
      const available = name === 'local' || docker;

      beforeAll(async () => {
        if (available) bed = await testbed(name);
      });

      it.skipIf(!available)('the starter gains nothing, and breaks nothing', async () => {
        const { status, score } = await gradeFixture(starterOf(grader.id, SHIPPED), grader, bed);
        expect({ status, score }).toEqual({ status: 'failed', score: 0 });
      });

      it.skipIf(!available).for(fixtures.filter((fixture) => meets(fixture, name)))(
        '$kind/$name',
        async (fixture) => {
          const report = await gradeFixture(fixture, grader, bed);
          const golden =
            fixture.kind === 'pass' ? { score: grader.points, checks: {} } : goldens[fixture.name];
          expect(outcome(report)).toEqual({ score: golden?.score, checks: golden?.checks });
        },
      );
    });
  });
}

/**
 * Which fixtures a testbed is tried with. Wrong command files are graded on the local engine alone: the harness
 * itself sends their commands, in the same way on every testbed, and the right ones show that it does. Wrong
 * scripts meet the docker engine in the container sandbox.
 */
function meets({ kind, name }: Fixture, bed: TestbedName): boolean {
  if (bed === 'local' || kind === 'pass') return true;
  return bed === 'container' && !/\.(?:valkey|redis|txt)$/.test(name);
}
