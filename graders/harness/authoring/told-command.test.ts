import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../challenges/collection/collection.ts';
import { listChallenges } from '../challenges/grader/list.ts';
import { graderFile, loadGrader } from '../challenges/grader/load.ts';
import { readGraderFile } from '../challenges/grader/read-grader-file.ts';
import { shownExpectation } from '../judging/report/failure-details.ts';
import { judge } from '../judging/report/judge.ts';
import { makeEvidence } from '../testing/evidence.ts';
import { toldCommand, wholeCommand } from './told-command.ts';

describe('a report before a hint was taken', async () => {
  it.each(await listChallenges(SHIPPED))('tells no command that a check of %s demands', async (challenge) => {
    const file = await graderFile(challenge, SHIPPED);
    const { content } = await readGraderFile(await readFile(file, 'utf8'), file);
    const grader = await loadGrader(challenge, SHIPPED);
    const evidence = makeEvidence({ commands: ['PING'] });
    const variants = grader.variants.map(({ id }) => ({ ...evidence.runs[0], variant: id }));
    const { checks } = judge(grader, {
      ...evidence,
      runs: [...evidence.runs, ...(variants as typeof evidence.runs)],
    });
    const told = content.checks.flatMap((check) => {
      const { failure } = checks.find(({ id }) => id === check.id) ?? {};
      const text = failure ? (shownExpectation(failure) ?? '') : '';
      return toldCommand(text, check) ?? wholeCommand(text, check, []) ?? [];
    });
    expect(told).toEqual([]);
  });
});
