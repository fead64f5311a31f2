import { availableParallelism } from 'node:os';
import { InfrastructureError } from '../../base/errors.ts';
import { inParallel } from '../../base/in-parallel.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import type { Grader } from '../../judging/grader.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import { findScript } from '../../recording/submission/find.ts';
import type { GradedSubmission } from '../../reports/formats/format.ts';
import { readCompressedEvidence } from '../compressed-evidence.ts';
import { findAndGradeAll, type GradingRequest, notGraded } from '../grade.ts';
import { prepareTestbed, type TestbedChoice, testbedWhenNeeded } from '../testbed.ts';
import { GradingPool } from './pool.ts';

export interface SeveralRequest extends Omit<GradingRequest, 'testbed'> {
  collection: Collection;
  testbed: TestbedChoice;
  notify: Notify;
}

/**
 * Finds and grades the scripts of several challenges of one submitter, each in a process of its own, as many at a time
 * as there are processors. Where one alone is begun, this process grades it: another one would only have to be started.
 * Throws UsageError for a testbed that contradicts itself.
 */
export async function gradeSeveral(
  graders: readonly Grader[],
  request: SeveralRequest,
): Promise<GradedSubmission[]> {
  const { path, limits, notify, collection } = request;
  const found = await Promise.all(
    graders.map(async (grader) => ({ grader, script: await findScript(grader.id, path).catch(asError) })),
  );
  const begun = found.filter(({ script }) => !(script instanceof Error)).length;
  if (begun <= 1)
    return findAndGradeAll(graders, { ...request, testbed: testbedWhenNeeded(request.testbed, notify) });
  // One that is ready sooner has graded some by the time at which another one is.
  const jobs = Math.min(Math.ceil(begun / 4), availableParallelism());
  // What is wrong with it is told once, and what takes long is done once.
  const fault = await faultOfTestbed(request);
  const pool = new GradingPool({ collection, testbed: request.testbed }, jobs);
  const submissions = await inParallel(found, jobs, async ({ grader, script }): Promise<GradedSubmission> => {
    try {
      if (script instanceof Error) throw script;
      await request.onScript?.(script, grader);
      if (fault) throw fault;
      const { report, evidence } = await pool.grade({ challenge: grader.id, path, limits });
      const kept = evidence && (await readCompressedEvidence(evidence, script.name));
      return { report, evidence: kept, script: script.path };
    } catch (error) {
      return notGraded(grader, error);
    }
  });
  await pool.close();
  return submissions;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Why nothing can be graded; null where it can. Throws UsageError for a choice that contradicts itself. */
async function faultOfTestbed({ testbed, notify }: SeveralRequest): Promise<InfrastructureError | null> {
  try {
    await prepareTestbed(testbed, notify);
    return null;
  } catch (error) {
    if (error instanceof InfrastructureError) return error;
    throw error;
  }
}
