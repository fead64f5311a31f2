import { extname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Fixture,
  type Golden,
  listFixtures,
  readGoldens,
  starterOf,
} from '../authoring/fixtures/fixture.ts';
import { outcome, seeingHere } from '../authoring/fixtures/grade-fixture.ts';
import { readOtherEnds, replayProblems } from '../authoring/fixtures/replayed-end.ts';
import { neverFailed } from '../authoring/fixtures/verify.ts';
import { SHIPPED } from '../challenges/collection/collection.ts';
import { listChallenges } from '../challenges/grader/list.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { dockerForTests } from './docker.ts';
import { type TestbedName, testbed } from './testbeds.ts';

/** Which of a challenge's fixtures are graded. */
type Choice = (fixtures: readonly Fixture[], goldens: Goldens) => readonly Fixture[];
type Goldens = Readonly<Record<string, Golden>>;

/**
 * Proves the graders of a mission with their fixtures, all or some, on some testbeds: the tests of a file of
 * their own. Those that take Docker are skipped where there is none. In each run, what its commands come to when they
 * are run once more is what they came to, but where a list tells why not.
 */
export async function proveFixtures(
  mission: string,
  beds: readonly TestbedName[],
  choose: Choice = (fixtures) => fixtures,
): Promise<void> {
  const docker = beds.every((bed) => bed === 'local') || (await dockerForTests());
  const ids = (await listChallenges(SHIPPED)).filter((id) => id.startsWith(`${mission}/`));
  const challenges = await Promise.all(
    ids.map(async (id) => ({
      grader: await loadGrader(id, SHIPPED),
      fixtures: await listFixtures(id, SHIPPED),
      goldens: await readGoldens(id, SHIPPED),
    })),
  );

  const otherEnds = await readOtherEnds(SHIPPED);
  const languages = new Set<string>();
  describe.each(challenges)('the fixtures of $grader.id', ({ grader, fixtures, goldens }) => {
    const wrong = fixtures.filter(({ kind }) => kind === 'fail');
    const chosen = choose(fixtures, goldens);

    it('are enough: right ones, wrong ones, and one for every check that fails it', () => {
      expect(fixtures.filter(({ kind }) => kind === 'pass').length).toBeGreaterThanOrEqual(3);
      expect(wrong.length).toBeGreaterThanOrEqual(5);
      expect(Object.keys(goldens).sort()).toEqual(wrong.map(({ name }) => name));
      expect(neverFailed(grader, goldens)).toEqual([]);
    });

    describe.each(beds)('on the testbed %s', (name) => {
      let grade: ReturnType<typeof seeingHere>;
      const available = name === 'local' || docker;

      beforeAll(async () => {
        if (available) grade = seeingHere(await testbed(name));
      });

      if (name === 'local')
        it('the starter gains nothing, and breaks nothing', async () => {
          const { report, evidence } = await grade(starterOf(grader.id, SHIPPED), grader);
          expect(report).toMatchObject({ status: 'failed', score: 0 });
          expect(replayProblems(evidence, undefined)).toEqual([]);
        });

      it.skipIf(!available).for(meant(name, chosen, languages))('$kind/$name', async (fixture) => {
        const { report, evidence } = await grade(fixture, grader);
        const golden = fixture.kind === 'pass' ? { score: grader.points, checks: {} } : goldens[fixture.name];
        expect(outcome(report)).toEqual({ score: golden?.score, checks: golden?.checks });
        const place = `${grader.id}/${fixture.kind}/${fixture.name}`;
        expect(replayProblems(evidence, otherEnds[place])).toEqual([]);
      });
    });
  });
}

/** Two command files: a right one, and the wrong one that fails most checks. */
export function twoFixtures(fixtures: readonly Fixture[], goldens: Goldens): readonly Fixture[] {
  const commandFiles = fixtures.filter(({ name }) => IS_COMMAND_FILE.test(name));
  const failures = ({ name }: Fixture) => Object.keys(goldens[name]?.checks ?? {}).length;
  const [worst] = commandFiles
    .filter(({ kind }) => kind === 'fail')
    .toSorted((a, b) => failures(b) - failures(a));
  return [...commandFiles.filter(({ kind }) => kind === 'pass').slice(0, 1), ...(worst ? [worst] : [])];
}

const IS_COMMAND_FILE = /\.(?:valkey|redis|txt)$/;

/**
 * Which fixtures a testbed is tried with. What a submission is judged by comes about in the same way on each, once its
 * commands have reached the server. So the local engine grades all; one right command file of each challenge shows that
 * commands reach a server in a container; and in the container sandbox, which runs scripts in another way, each
 * challenge has a right script graded, and each language is in some challenge. `languages` are those that were.
 */
function meant(bed: TestbedName, fixtures: readonly Fixture[], languages: Set<string>): readonly Fixture[] {
  if (bed === 'local') return fixtures;
  const right = fixtures.filter(({ kind }) => kind === 'pass');
  if (bed === 'docker') return right.filter(({ name }) => IS_COMMAND_FILE.test(name)).slice(0, 1);
  const scripts = right.filter(({ name }) => !IS_COMMAND_FILE.test(name));
  const ofNewLanguages = scripts.filter(({ name }) => {
    const isNew = !languages.has(extname(name));
    languages.add(extname(name));
    return isNew;
  });
  return ofNewLanguages.length > 0 ? ofNewLanguages : scripts.slice(0, 1);
}
