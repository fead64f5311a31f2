import { dirname } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import type { Grader } from '../../judging/grader.ts';
import type { Report } from '../../judging/report/report.ts';
import type { Script } from '../../recording/submission/script.ts';
import { isOwnSolution } from './own-folder.ts';
import { saveProgress } from './saved.ts';
import { solutionDigest } from './solution-digest.ts';

/** Remembers what the solutions of a repository come to, beside them, for `list` to show. */
export class ProgressRecorder {
  readonly #workingIn: string;
  readonly #tell: (line: string) => void;
  readonly #solutions = new Map<string, { folder: string; digest: string }>();
  #hasTold = false;

  /** `workingIn` is the folder that somebody works in: other people's repositories are left alone. */
  constructor(workingIn: string, tell: (line: string) => void) {
    this.#workingIn = workingIn;
    this.#tell = tell;
  }

  /** To be called before a script runs: what is saved meanwhile was not graded. */
  async noteScript(script: Script, { id }: Pick<Grader, 'id'>): Promise<void> {
    this.#solutions.delete(id);
    if (!isOwnSolution(id, script.path, this.#workingIn)) return;
    try {
      this.#solutions.set(id, { folder: dirname(script.path), digest: await solutionDigest(script) });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Remembers a verdict. Where that cannot be written it is told, once; grading goes on. */
  async save({ challenge, status, score, maxScore }: Report): Promise<void> {
    const solution = this.#solutions.get(challenge.id);
    if (!solution || score === null || (status !== 'passed' && status !== 'failed')) return;
    const { folder, digest } = solution;
    try {
      await saveProgress(folder, {
        ...{ version: 1, challenge: challenge.id, status, score, maxScore },
        solution: digest,
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (!this.#hasTold) this.#tell(`keyspace-grader: Your progress is not remembered: ${messageOf(error)}`);
    this.#hasTold = true;
  }
}
