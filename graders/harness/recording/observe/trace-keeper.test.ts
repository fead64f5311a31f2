import { describe, expect, it } from 'vitest';
import { MANY } from '../../evidence/completeness.ts';
import type { Trace } from '../../evidence/evidence.ts';
import { EvidenceLimits, type TraceLimits } from '../../evidence/limits.ts';
import { aboutCommands, aboutKey } from '../../judging/checks/trace-questions.ts';
import { TraceKeeper } from './trace-keeper.ts';

/** A tenth of what is kept of a real trace, so that a short one is long. */
const LIMITS: TraceLimits = {
  ...EvidenceLimits,
  traceHead: EvidenceLimits.traceHead / 10,
  traceTail: EvidenceLimits.traceTail / 10,
  traceHeadBytes: EvidenceLimits.traceHeadBytes / 10,
  traceTailBytes: EvidenceLimits.traceTailBytes / 10,
  traceAskedHead: EvidenceLimits.traceAskedHead / 10,
  traceAskedTail: EvidenceLimits.traceAskedTail / 10,
  traceAskedHeadBytes: EvidenceLimits.traceAskedHeadBytes / 10,
  traceAskedTailBytes: EvidenceLimits.traceAskedTailBytes / 10,
  traceBeforeLoops: 100,
};
const { traceHead, traceTail, traceAskedHead, traceAskedTail } = LIMITS;
const COUNT = 8_000;

const QUESTIONS = [aboutKey('mine'), aboutCommands({ command: 'KEYS' })];

/** The trace of so many commands, as MONITOR would tell them; `client` is `lua` for those of a Lua script. */
function traceOf(count: number, command: (index: number) => string, client = '127.0.0.1:1'): Trace {
  const keeper = new TraceKeeper(QUESTIONS, LIMITS);
  for (let index = 0; index < count; index += 1) {
    const at = `1756000000.${String(index % 1_000_000).padStart(6, '0')}`;
    const words = command(index).split(' ');
    keeper.add({
      text: `+${at} [0 ${client}] ${words.map((word) => `"${word}"`).join(' ')}`,
      missing: 0,
      more: 0,
    });
  }
  return keeper.finish();
}

/** All commands that are listed or counted: none is lost, none told twice. */
function accountedFor({ entries, leftOut }: Trace): number {
  const counted = Object.values(leftOut?.commands ?? {}).reduce((sum, number) => sum + number, 0);
  const skipped = entries.reduce((sum, entry) => sum + (entry.skipped ?? 0), 0);
  expect(skipped).toBe(counted);
  return entries.length + counted;
}

describe('TraceKeeper', () => {
  it('keeps all of a short trace', () => {
    const { entries, total, leftOut } = traceOf(100, (index) => `SET k ${index}`);
    expect([entries.length, total, leftOut]).toEqual([100, 100, undefined]);
  });

  it('keeps what is asked for, wherever it stands in a long one', () => {
    const trace = traceOf(COUNT, (index) =>
      index === 4_000 ? 'KEYS *' : index === 6_000 ? 'hset mine f v' : `SET k${index} mine${index}`,
    );
    const middle = trace.entries.slice(traceHead, -traceTail);
    expect(middle.map(({ args }) => args)).toEqual([
      ['KEYS', '*'],
      ['hset', 'mine', 'f', 'v'],
      // The last one of a name.
      ['SET', 'k7499', 'mine7499'],
    ]);
    expect(trace.leftOut?.commands).toEqual({ SET: COUNT - traceHead - traceTail - 3 });
    expect(trace.leftOut?.asked).toEqual({ 'key mine': 'all', [QUESTIONS[1]?.id ?? '']: 'all' });
    expect(accountedFor(trace)).toBe(COUNT);
  });

  it('keeps the first and the last where too much is asked for', () => {
    const trace = traceOf(COUNT, (index) => `INCRBY mine ${index}`);
    expect(trace.leftOut?.asked).toMatchObject({ 'key mine': 'ends' });
    expect(trace.entries).toHaveLength(traceHead + traceAskedHead + traceAskedTail + traceTail);
    expect(accountedFor(trace)).toBe(COUNT);
  });

  it('leaves out turns of a loop, and tells which commands Lua scripts ran', () => {
    const trace = traceOf(COUNT, (index) => (index % 2 === 0 ? 'GET mine' : 'INCR mine'), 'lua');
    expect(trace.leftOut).toMatchObject({ asked: { 'key mine': 'repeats' } });
    expect(trace.leftOut?.lua).toBe(trace.total - trace.entries.length);
    expect(trace.entries.length).toBeLessThan(traceHead + traceTail + 200);
    expect(accountedFor(trace)).toBe(COUNT);
  });

  it('keeps little of a flood that is made to be hard to keep', () => {
    const hostile = [
      // Each of another name, on another key, by another client in a transaction that does not end.
      traceOf(COUNT, (index) => `NAME${index} key${index}`),
      traceOf(COUNT, (index) => (index % 2 === 0 ? 'MULTI' : `SET mine ${index}`)),
      traceOf(COUNT, (index) => `${['WATCH', 'UNWATCH', 'MULTI', 'EXEC'][index % 4]} ${index}`),
    ];
    for (const trace of hostile) {
      expect(trace.entries.length).toBeLessThan(6_000);
      expect(Object.keys(trace.leftOut?.commands ?? {}).length).toBeLessThan(3_000);
      expect(accountedFor(trace)).toBe(COUNT);
    }
    expect(hostile[0]?.leftOut?.commands[MANY]).toBeGreaterThan(4_000);
  });

  it('keeps no more bytes than fit, though all of them are asked for', () => {
    const value = 'x'.repeat(20_000);
    const trace = traceOf(300, (index) => `SET mine ${index}${value}`);
    expect(trace.leftOut?.asked).toMatchObject({ 'key mine': 'ends' });
    expect(JSON.stringify(trace).length).toBeLessThan(1.6 * 1024 * 1024);
    expect(accountedFor(trace)).toBe(300);
  });
});
