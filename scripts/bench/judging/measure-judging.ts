import { SHIPPED } from '../../../graders/harness/challenges/collection/collection.ts';
import { listChallenges } from '../../../graders/harness/challenges/grader/list.ts';
import { loadGrader } from '../../../graders/harness/challenges/grader/load.ts';
import { prepareTestbed } from '../../../graders/harness/grading/testbed.ts';
import { DEFAULT_IMAGE } from '../../../graders/harness/recording/engine/image.ts';
import { median } from '../measure.ts';
import { judgedPerSecond } from './judging-rate.ts';
import { realEvidence } from './real-evidence.ts';
import type { JudgingRow } from './result.ts';

/** The mission that is the workshop's second. */
const MISSION = 'sessions';
/** The target, evidences a second. */
const TARGET = 10_000;
const ROUNDS = 5;
/** CPU time of a round for one challenge. */
const ROUND_MS = 1000;

/**
 * How many evidences are judged in a second on one core, for each grader of the mission: the median of rounds
 * in which they take turns. The target is that of the grader with most checks. Evidence is recorded with the
 * local engine; `tell` is told what runs. Throws what grading throws.
 */
export async function measureJudging(tell: (what: string) => void): Promise<JudgingRow[]> {
  const bed = await prepareTestbed(
    { engine: 'local', image: DEFAULT_IMAGE, sandbox: 'process', runtimeImage: '' },
    () => undefined,
  );
  const ids = (await listChallenges(SHIPPED)).filter((id) => id.startsWith(`${MISSION}/`));
  const graders = await Promise.all(ids.map((id) => loadGrader(id, SHIPPED)));
  const subjects = [];
  for (const grader of graders) {
    tell(`recording evidence, ${grader.id}`);
    subjects.push({ grader, documents: await realEvidence(grader, bed), rates: [] as number[] });
  }
  // A first round lets the compiler do its work, and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    tell(`judging, round ${round} of ${ROUNDS}`);
    for (const { grader, documents, rates } of subjects) {
      const rate = judgedPerSecond(grader, documents, ROUND_MS);
      if (round > 0) rates.push(rate);
    }
  }
  const most = Math.max(...graders.map(({ checks }) => checks.length));
  return subjects.map(({ grader: { id, checks }, documents, rates }) => ({
    what: id,
    checks: checks.length,
    evidences: documents.length,
    kib: sizeOf(documents) / documents.length / 1024,
    perSecond: median(rates),
    target: checks.length === most ? TARGET : null,
  }));
}

function sizeOf(documents: readonly string[]): number {
  return documents.reduce((sum, document) => sum + Buffer.byteLength(document), 0);
}
