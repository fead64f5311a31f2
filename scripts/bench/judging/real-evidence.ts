import { type Fixture, listFixtures } from '../../../graders/harness/authoring/fixtures/fixture.ts';
import { SHIPPED } from '../../../graders/harness/challenges/collection/collection.ts';
import { gradeScript } from '../../../graders/harness/grading/grade.ts';
import type { Testbed } from '../../../graders/harness/grading/testbed.ts';
import type { Grader } from '../../../graders/harness/judging/grader.ts';
import { DEFAULT_LIMITS } from '../../../graders/harness/recording/script/limits.ts';
import { findScript } from '../../../graders/harness/recording/submission/find.ts';

/** How many submissions of each kind are judged. Wrong ones take longer: what is wrong with them is told. */
const MIX = { pass: 3, fail: 9 } as const;

/** What is seen of some right and more wrong submissions of a challenge as they are graded, as JSON. */
export async function realEvidence(grader: Grader, bed: Testbed): Promise<string[]> {
  const fixtures = await listFixtures(grader.id, SHIPPED);
  const documents: string[] = [];
  for (const { path } of chosen(fixtures)) {
    const script = await findScript(grader.id, path);
    const { evidence } = await gradeScript({ grader, script, ...bed, limits: DEFAULT_LIMITS });
    documents.push(JSON.stringify(evidence));
  }
  return documents;
}

/** Of each kind so many, from all over the list. */
function chosen(fixtures: readonly Fixture[]): Fixture[] {
  return (['pass', 'fail'] as const).flatMap((wanted) => {
    const all = fixtures.filter(({ kind }) => kind === wanted);
    const step = all.length / MIX[wanted];
    return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  });
}
