import { describe, expect, it } from 'vitest';
import { string } from '../../../../testing/evidence.ts';
import { failedSubmission } from '../../../../testing/graded-submissions.ts';
import { travelledBy, travelledSubmission } from '../../../../testing/travelled-submission.ts';
import type { GradedSubmission } from '../../format.ts';
import { page } from '../page.ts';

const pageOf = (submission: GradedSubmission) => page([submission], new Date('2026-11-24T12:45:00Z'));
/** The text of the rows of the trace, one space for what stands between elements. */
const rowsOf = (content: string) =>
  [...content.matchAll(/<tr[^>]* data-step=.*?<\/tr>/gs)].map(([row]) =>
    row
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&quot;', '"')
      .replace(/\s+/g, ' ')
      .trim(),
  );

describe('the trace of a run with a history', () => {
  it('shows what each command answered and changed, without a script', () => {
    expect(rowsOf(pageOf(travelledSubmission()))).toEqual([
      '1 0.0 1 HGET han credits → answered: "10000"',
      '2 0.0 2 HSET han credits 9500 → answered: (integer) 0 ~ han : credits: 10000 → 9500',
      '3 0.0 3 HSET han → answered: refused: ERR wrong number',
      '4 0.0 4 DEL hna → answered: (integer) 0 did nothing: there was no such key',
      '− flash : expired',
      '5 0.0 5 GET flash → answered: (nil)',
      '6 0.0 MULTI',
      '7 0.0 SADD crew leia → answered: (integer) 1',
      '8 0.0 EXPIRE old 90 → answered: (integer) 1',
      '9 0.0 EXEC ~ crew : + leia ~ old : TTL 60 s → 90 s',
      '10 0.0 EVAL "…" 1 queue → answered: "first" ~ queue : − first from the start + scores : new sorted set with 2 members',
      '11 0.0 Lua LPOP queue',
      '12 0.0 DEL old → answered: (integer) 1 − old : removed',
    ]);
  });

  it('says what is not known', () => {
    const submission = travelledSubmission();
    const [run] = submission.evidence?.runs ?? [];
    if (run?.replay) run.replay.until = 'too long';
    const content = pageOf(submission);
    expect(content).toContain('known up to command 12: running them again took too long.');
    expect(content).toContain('one key ended up different from what your script left: crew.');
    if (run?.replay) run.replay.steps = [];
    expect(pageOf(submission)).toContain('What the commands did is not known: running');
    expect(pageOf(submission)).not.toContain('data-travel=');
  });

  it('is as before without one', () => {
    expect(pageOf(failedSubmission())).not.toMatch(/data-travel=|data-step=|application\/json/);
  });

  it('shows what expired behind the last command', () => {
    const made = travelledBy({ a: string('x', { ttl: 0.01 }) }, [
      { commands: ['PING'], reply: { kind: 'value', text: 'PONG' } },
      { commands: [], changes: { a: null } },
    ]);
    expect(rowsOf(pageOf(made))).toEqual(['1 0.0 PING', '− a : expired']);
  });

  it('says so if what changed is too large for the page', () => {
    const value = 'x'.repeat(500);
    const keys = Object.fromEntries(
      Array.from({ length: 6_000 }, (_, index) => [`key:${index}`, string(`${index}${value}`)]),
    );
    const made = travelledBy({}, [
      { commands: ['PING'], reply: { kind: 'value', text: 'PONG' } },
      { commands: ['EVAL "…" 0'], reply: null, changes: keys },
    ]);
    const content = pageOf(made);
    expect(content).toContain('the first 1 of 2 steps can be looked at');
    expect(content.length).toBeLessThan(1_000_000);
  });
});
