import { listChallenges } from '../grader/load.ts';

/** The challenges that a command is to work on: those that were named, or all. */
export async function namedOrAll(challenges: readonly string[]): Promise<readonly string[]> {
  return challenges.length > 0 ? challenges : listChallenges();
}
