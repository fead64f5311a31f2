import { describe, expect, it } from 'vitest';
import { aboutCommands, aboutKey } from '../judging/checks/trace-questions.ts';
import { completenessFor, isAtLeast, joinTraces, MANY } from './completeness.ts';
import type { LeftOut, Trace } from './evidence.ts';

const entry = { at: 1, db: 0, source: 'lua', args: ['PING'], line: null };

function trace(leftOut?: Partial<LeftOut>, number = 10): Trace {
  const entries = [entry];
  if (!leftOut) return { entries, total: 1 };
  return {
    entries,
    total: 1 + number,
    leftOut: { commands: { SET: number }, lua: 0, asked: {}, ...leftOut },
  };
}

describe('completenessFor', () => {
  it('knows all of a trace of which nothing was left out', () => {
    expect(completenessFor(trace(), aboutKey('k'))).toBe('all');
  });

  it('knows what was asked when it was recorded', () => {
    expect(completenessFor(trace({ asked: { 'key k': 'ends' } }), aboutKey('k'))).toBe('ends');
  });

  it('knows of other commands by their names, but where there were too many names', () => {
    expect(completenessFor(trace({}), aboutCommands({ command: ['KEYS', 'SCAN'] }))).toBe('all');
    expect(completenessFor(trace({}), aboutCommands({ command: ['KEYS', 'set'] }))).toBe('some');
    expect(completenessFor(trace({ commands: { [MANY]: 10 } }), aboutCommands({ command: 'KEYS' }))).toBe(
      'some',
    );
  });

  it('knows little where a trace does not tell what is missing', () => {
    expect(completenessFor({ entries: [entry], total: 2 }, aboutCommands({ command: 'KEYS' }))).toBe('some');
  });
});

describe('isAtLeast', () => {
  it('orders what is known', () => {
    expect(isAtLeast('all', 'repeats')).toBe(true);
    expect(isAtLeast('ends', 'ends')).toBe(true);
    expect(isAtLeast('some', 'ends')).toBe(false);
    expect(isAtLeast('ends', 'repeats')).toBe(false);
  });
});

describe('joinTraces', () => {
  it('adds up what was left out, and knows of both what is known of each', () => {
    const one = trace({ lua: 4, asked: { a: 'all', b: 'ends', c: 'all' } });
    const other = trace({ lua: 1, asked: { a: 'repeats', b: 'all' } }, 5);
    expect(joinTraces(one, other)).toEqual({
      entries: [entry, entry],
      total: 17,
      leftOut: { commands: { SET: 15 }, lua: 5, asked: { a: 'repeats', b: 'ends' } },
    });
    expect(joinTraces(trace(), other).leftOut?.asked).toEqual({ a: 'repeats', b: 'all' });
    expect(joinTraces(one, trace()).leftOut?.asked).toEqual({ a: 'all', b: 'ends', c: 'all' });
    expect(joinTraces(trace(), trace())).toEqual({ entries: [entry, entry], total: 2 });
  });
});
