import { dockerAnswers } from '../engine/docker/ping.ts';

/**
 * True where tests can use a Docker engine. Where KEYSPACE_GRADER_REQUIRE_DOCKER is set, as in CI, they
 * must be able to: otherwise this throws, so that no such test is skipped unseen.
 */
export async function dockerForTests(): Promise<boolean> {
  const there = await dockerAnswers();
  if (!there && process.env.KEYSPACE_GRADER_REQUIRE_DOCKER) {
    throw new Error('KEYSPACE_GRADER_REQUIRE_DOCKER is set, but no Docker engine answers.');
  }
  return there;
}
