import { endProcess } from '../../base/cleanup.ts';
import { messageOf } from '../../base/errors.ts';
import { keepToOwnPath } from '../../base/which.ts';
import { loadGrader } from '../../challenges/grader/load.ts';
import type { Grader } from '../../judging/grader.ts';
import { prepareTestbed, type Testbed } from '../testbed.ts';
import { WarmEngine } from '../warm-engine.ts';
import { gradeOnce } from './grade-once.ts';
import type { FromProcess, GradedOnce, GradingSetUp, GradingTask, ToProcess } from './protocol.ts';

// A process of a pool: it grades one submission after the other, and all that a submission may do to it, it does to
// nobody else.

/** How many servers are kept ready for the next submission. */
const SERVERS_READY = 2;

/** Grades what it is given. */
class GradingProcess {
  readonly #setUp: GradingSetUp;
  readonly #graders = new Map<string, Promise<Grader>>();
  #testbed: Promise<Testbed> | undefined;

  constructor(setUp: GradingSetUp) {
    this.#setUp = setUp;
  }

  async grade({ challenge, ...task }: GradingTask): Promise<GradedOnce> {
    const grader = this.#graders.get(challenge) ?? loadGrader(challenge, this.#setUp.collection);
    this.#graders.set(challenge, grader);
    return gradeOnce(await grader, { ...task, testbed: () => this.#warmTestbed() });
  }

  /** Made ready for the first script that is found: what is not begun needs no engine. */
  #warmTestbed(): Promise<Testbed> {
    this.#testbed ??= this.#prepare().catch((error: unknown) => {
      // The next one may find it mended.
      this.#testbed = undefined;
      throw error;
    });
    return this.#testbed;
  }

  async #prepare(): Promise<Testbed> {
    // Who made the pool was told.
    const { engine, sandbox } = await prepareTestbed(this.#setUp.testbed, () => undefined);
    return { engine: new WarmEngine(engine, SERVERS_READY), sandbox };
  }
}

keepToOwnPath();

let grading: GradingProcess | undefined;

process.on('message', (message: ToProcess) => {
  if (message.say === 'end') endProcess(0);
  else if (message.say === 'set up') grading = new GradingProcess(message);
  else grade(message).catch(die);
});
process.on('uncaughtException', die);
// It was killed.
process.on('disconnect', () => endProcess(0));

async function grade(task: GradingTask): Promise<void> {
  if (!grading) throw new Error('nothing was set up');
  const answer: FromProcess = { say: 'graded', ...(await grading.grade(task)) };
  process.send?.(answer);
}

/** What should not have happened is the end of this process; whoever waits for its answer is told what it was. */
function die(error: unknown): void {
  process.stderr.write(`${messageOf(error)}\n`, () => process.exit(1));
}
