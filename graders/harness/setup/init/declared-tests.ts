import { printable } from '../../base/text/printable.ts';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { loadSelected } from '../../challenges/grader/load.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';

/** The longest that Classroom 50 gives the command of a test, in seconds; 10 where its test does not say. */
const MOST_SECONDS = 600;
/** For the grader and a server to be fetched, and for all but the script to be done. */
const FETCHING_SECONDS = 90;

/** The tests of an assignment of Classroom 50, one for each challenge, as `gh teacher assignment test set` takes them. */
export async function declaredTests(selector: string, version: string): Promise<string> {
  const graders = await loadSelected(selector, SHIPPED);
  const tests = graders.map((grader) => ({
    name: `${grader.id}: ${printable(grader.title)}`,
    type: 'run',
    run: `npx --yes keyspace-grader@${version} grade ${grader.id}`,
    // It takes whole points alone.
    points: Math.round(grader.points),
    timeout: secondsFor(grader),
  }));
  return `${JSON.stringify(tests, null, 2)}\n`;
}

/** How long grading may take where each run of the script takes all of its time. */
function secondsFor({ variants }: { variants: readonly unknown[] }): number {
  const runs = 1 + variants.length;
  return Math.min(MOST_SECONDS, FETCHING_SECONDS + runs * (DEFAULT_LIMITS.timeMs / 1000));
}
