import { splitArguments } from '../../valkey/notation/quoting.ts';
import type { GraderSession } from './grader-session.ts';

/** Runs the set-up commands. They are the grader's: one that the server refuses is not the learner's fault. */
export async function seed(session: GraderSession, setup: readonly string[]): Promise<void> {
  await session.callAll(setup.map(splitArguments));
}
