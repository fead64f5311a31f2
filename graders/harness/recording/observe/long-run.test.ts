import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { loadGrader } from '../../challenges/grader/load.ts';
import { readEvidence } from '../../evidence/read.ts';
import { type Graded, gradeScript } from '../../grading/grade.ts';
import { judge } from '../../judging/report/judge.ts';
import { testbed } from '../../testing/testbeds.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { findScript } from '../submission/find.ts';

const CHALLENGE = 'sessions/cantina';
const FLOOD = `EVAL "for i = 1, 25000 do server.call('HGET', 'flood' .. i, 'f') end" 0`;

/** Grades a command file of the challenge. */
async function grade(commands: readonly string[]): Promise<Graded> {
  const folder = await mkdtemp(join(tmpdir(), 'long-run-'));
  try {
    const file = join(folder, 'solution.valkey');
    await writeFile(file, commands.join('\n'));
    const [grader, script, bed] = await Promise.all([
      loadGrader(CHALLENGE, SHIPPED),
      findScript(CHALLENGE, file),
      testbed('local'),
    ]);
    return await gradeScript({ grader, script, ...bed, limits: DEFAULT_LIMITS });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const verdicts = ({ report }: Graded) => report.checks.map(({ id, status }) => `${id} ${status}`);

describe('a submission that runs far more commands than are kept', () => {
  it.each([
    ['passes like one that does not', []],
    [
      'fails for what it did among them',
      ['RENAME session:han_solo aside', 'RENAME aside session:han_solo', 'HSET session:han_solo table x'],
    ],
  ])('%s', async (_, mistakes) => {
    const right = join(SHIPPED.fixtures, CHALLENGE, 'pass', 'workshop.valkey');
    const commands = (await readFile(right, 'utf8')).split('\n').filter((line) => /^[A-Z]/.test(line));
    const [begin, ...rest] = commands;
    const plain = await grade([begin ?? '', ...mistakes, ...rest]);
    const long = await grade([begin ?? '', FLOOD, ...mistakes, ...rest.slice(0, 2), FLOOD, ...rest.slice(2)]);
    expect(verdicts(long)).toEqual(verdicts(plain));
    expect(plain.report.status).toBe(mistakes.length === 0 ? 'passed' : 'failed');
    const [run] = long.evidence.runs;
    expect(run?.trace.leftOut).toMatchObject({ commands: { HGET: expect.any(Number) } });
    expect(run?.trace.entries.length).toBeLessThan(26_000);
    // Saved evidence is judged like that which was just recorded.
    const saved = readEvidence(JSON.stringify(long.evidence), 'evidence.json');
    expect(judge(await loadGrader(CHALLENGE, SHIPPED), saved)).toEqual(long.report);
  });
});
