import type { Evidence } from '../../../graders/harness/evidence/evidence.ts';
import type { Grader } from '../../../graders/harness/judging/grader.ts';
import { judge } from '../../../graders/harness/judging/report/judge.ts';

/**
 * Judges evidences, given as JSON, over and over, for so many ms of CPU, and tells how many are judged in a
 * second on one core. Each time all of the work is done, on a value that was never judged before; reading it
 * is not counted. The time is that of the process, all of its threads: other programs that keep the machine
 * busy do not count, and those who collect garbage for us do.
 */
export function judgedPerSecond(grader: Grader, documents: readonly string[], ms: number): number {
  let judged = 0;
  let spent = 0;
  while (spent < ms) {
    const evidences = documents.map((document) => JSON.parse(document) as Evidence);
    const before = process.cpuUsage();
    for (const evidence of evidences) judge(grader, evidence);
    const { user, system } = process.cpuUsage(before);
    spent += (user + system) / 1000;
    judged += evidences.length;
  }
  return (judged / spent) * 1000;
}
