import { InfrastructureError, isFull, messageOf } from '../base/errors.ts';
import { writeResults } from './exports/write-results.ts';
import type { BatchResults } from './results.ts';

/** Writes all that a batch's results are read from. Throws InfrastructureError on a full disk, else UsageError. */
export async function keepResults(out: string, results: BatchResults): Promise<void> {
  try {
    await writeResults(out, results);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (!isFull(error) && !isFull(cause)) throw error;
    throw new InfrastructureError(
      `${messageOf(error)}\nNothing that was graded is lost: make room, and run the same command again.`,
      { cause: error },
    );
  }
}
