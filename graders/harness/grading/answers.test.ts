import { describe, expect, it } from 'vitest';
import { readEvidence } from '../evidence/read.ts';
import { gradeMade, outcomes } from '../testing/made-challenge.ts';

describe('what checks ask the server', () => {
  const BITS = 'kind: answer\ncommand: BITCOUNT seats:7';

  it('is asked after the script, in the run that the check is about, and stands in the evidence', async () => {
    const head = `setup: [SETBIT seats:7 1 1]
variants:
  - { id: full, title: a full row, setup: [SETBIT seats:7 1 1, SETBIT seats:7 2 1] }`;
    const checks = [
      `${BITS}\nreply: 2`,
      `variant: full\n${BITS}\nreply: 2`,
      'kind: answer\ncommand: GET seats:7\ndb: 3\nreply: { nil: true }',
    ];
    const graded = await gradeMade({ head, checks }, 'SETBIT seats:7 9 1\nSELECT 3\nSET seats:8 x\n');
    expect(outcomes(graded)).toEqual(['passed', 'BITCOUNT seats:7 answered "3"', 'passed']);
    const [main, full] = graded.evidence.runs;
    expect(main?.answers).toEqual([
      { command: 'BITCOUNT seats:7', db: 0, reply: '2' },
      { command: 'GET seats:7', db: 3, reply: null },
    ]);
    expect(full?.answers).toEqual([{ command: 'BITCOUNT seats:7', db: 0, reply: '3' }]);
    // The grader's commands are no commands of the script.
    expect(main?.trace.entries.map(({ args }) => args[0])).toEqual(['SETBIT', 'SELECT', 'SET']);
    expect(readEvidence(JSON.stringify(graded.evidence), 'evidence.json')).toEqual(graded.evidence);
  });

  it('costs nobody points where the server cannot be asked', async () => {
    const graded = (command: string) =>
      gradeMade({ checks: [`kind: answer\ncommand: ${command}\nreply: 1`] }, 'PING\n');
    await expect(graded('JSON.GET a')).rejects.toThrow('does not know JSON.GET');
    await expect(graded('INCR a')).rejects.toThrow('but INCR writes');
  });
});
