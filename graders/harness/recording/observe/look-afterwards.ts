import type { ServerQuestion } from '../../evidence/answers.ts';
import type { Keyspace, RunEvidence } from '../../evidence/evidence.ts';
import { MAX_MEMORY_BYTES } from '../../evidence/server-rules.ts';
import type { RunningServer } from '../engine/engine.ts';
import { askServer } from './answers.ts';
import { digestedIn, withDigests } from './digests.ts';
import type { GraderSession } from './grader-session.ts';
import { unlessBusy } from './lock-out.ts';
import { namesOf, takeSnapshot } from './snapshot.ts';
import { asksForUsers, readUsers } from './users.ts';

/** What is to be looked at when a script has ended. */
export interface Afterwards {
  /** Keys that checks ask for by name. */
  keys: readonly string[];
  /** What the server is asked. */
  asked: readonly ServerQuestion[];
  /** What learners may run beside what all may. */
  allow: readonly string[];
  /** True if the settings may not be those that all servers have. */
  hasSettings: boolean;
}

/**
 * What is there once a script has ended, and nobody but the grader is connected any more.
 * Throws BusyServerError where the server does not come to an end with an answer, and InfrastructureError.
 */
export async function lookAfterwards(
  server: RunningServer,
  session: GraderSession,
  { keys, asked, allow, hasSettings }: Afterwards,
  before: Keyspace,
): Promise<Pick<RunEvidence, 'after' | 'answers' | 'users'>> {
  const ask = async (questions: readonly ServerQuestion[]) =>
    questions.length > 0
      ? unlessBusy(session, server, () => askServer(server.address, session, questions))
      : [];
  // Settings and rights are asked for as they are; then none of them may have an effect on what is read.
  const ours = await ask(asked.filter(({ isOurs }) => isOurs));
  const users = asksForUsers(asked, allow) ? await readUsers(session) : undefined;
  if (hasSettings)
    await session.call(
      ...(['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'] as const),
      ...['maxmemory', String(MAX_MEMORY_BYTES)],
    );
  // What the set-up made is looked at again, whatever a script piled up beside it.
  const after = await withDigests(
    session,
    await takeSnapshot(session, [...keys, ...namesOf(before)]),
    digestedIn(before),
  );
  const answers = [...ours, ...(await ask(asked.filter(({ isOurs }) => !isOurs)))];
  return { after, ...(answers.length > 0 && { answers }), ...(users && { users }) };
}
