import { dockerAnswers } from '../recording/engine/docker/ping.ts';

/** How long an engine may take to answer, in ms: a busy one is to be used all the same. */
const LIMIT_MS = 30_000;

/**
 * True where tests can use a Docker engine. Where KEYSPACE_GRADER_REQUIRE_DOCKER is set, as in CI, they
 * must be able to: otherwise this throws, so that no such test is skipped unseen.
 */
export async function dockerForTests(): Promise<boolean> {
  const there = await dockerAnswers(LIMIT_MS);
  if (!there && process.env.KEYSPACE_GRADER_REQUIRE_DOCKER) {
    throw new Error('KEYSPACE_GRADER_REQUIRE_DOCKER is set, but no Docker engine answers.');
  }
  return there;
}
