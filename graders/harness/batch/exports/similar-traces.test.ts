import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../testing/evidence.ts';
import { ownCommands } from './own-commands.ts';
import { type CommandTrace, similarTraces } from './similar-traces.ts';

/** What the instructions dictate. */
const DICTATED = [
  'HSET session:han_solo credits 10000',
  'EXPIRE session:han_solo 3600',
  'HGETALL session:han_solo',
];
const OWN = ['SET notes:mine "by the window"', 'LPUSH queue:tmp zzz', 'HSET session:hansolo usrname hslo'];

/** A class of so many, and those named besides. */
function classOf(size: number, others: Record<string, string[]>): CommandTrace[] {
  const plain = Array.from({ length: size }, (_, index) => ({
    submission: `plain-${index}`,
    commands: index % 3 === 0 ? [...DICTATED, `GET try:${index}`] : DICTATED,
  }));
  return [...plain, ...Object.entries(others).map(([submission, commands]) => ({ submission, commands }))];
}

describe('similarTraces', () => {
  it('tells of two who share much that nobody else wrote', () => {
    const traces = classOf(40, {
      ana: [...DICTATED, ...OWN],
      ben: [DICTATED[1] ?? '', ...OWN, DICTATED[0] ?? ''],
    });
    expect(similarTraces(traces)).toEqual([{ left: 'ana', right: 'ben', similarity: 1, rare: OWN }]);
  });

  it('tells nothing where only what the instructions dictate agrees', () => {
    expect(similarTraces(classOf(40, { ana: DICTATED, ben: DICTATED }))).toEqual([]);
  });

  it('tells nothing of one mistake made twice, however many commands it is in', () => {
    const mistaken = DICTATED.map((command) => command.replace('han_solo', 'hansolo'));
    expect(similarTraces(classOf(40, { ana: mistaken, ben: mistaken }))).toEqual([]);
  });

  it('tells nothing where each has much of their own besides', () => {
    const more = (name: string) => [1, 2, 3].map((number) => `SET ${name}:${number} ${name}`);
    const traces = classOf(40, {
      ana: [...DICTATED, ...OWN, ...more('ana')],
      ben: [...DICTATED, ...OWN, ...more('ben')],
    });
    expect(similarTraces(traces)).toEqual([]);
  });

  it('tells nothing of a class too small to know what is rare', () => {
    expect(similarTraces(classOf(1, { ana: [...DICTATED, ...OWN], ben: [...DICTATED, ...OWN] }))).toEqual([]);
    expect(similarTraces([])).toEqual([]);
  });

  it('looks at a bounded number of pairs however many there are', () => {
    const ring = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`ring-${index}`, [...DICTATED, ...OWN]]),
    );
    const pairs = similarTraces(classOf(5_000, ring));
    expect(pairs.length).toBeGreaterThanOrEqual(199);
    expect(pairs.length).toBeLessThanOrEqual(200 * 8);
  });
});

describe('ownCommands', () => {
  it('leaves out what clients send, what Lua ran, and what was sent before', () => {
    const commands = [
      'HELLO 3',
      'client setinfo LIB-NAME x',
      'set a 1',
      'SET a 1',
      { run: 'GET a', lua: true as const },
      'GET b',
    ];
    expect(ownCommands(makeEvidence({ commands, variants: { more: { commands: ['GET other'] } } }))).toEqual([
      'SET a 1',
      'GET b',
    ]);
  });

  it('leaves out what differs from run to run', () => {
    const commands = [
      'SET a 1756000000000',
      'SET b 123e4567-e89b-12d3-a456-426614174000',
      'SET c 0123456789abcdef0123',
      'SET d 9500',
    ];
    expect(ownCommands(makeEvidence({ commands }))).toEqual([
      'SET a <number>',
      'SET b <uuid>',
      'SET c <hex>',
      'SET d 9500',
    ]);
  });

  it('tells long commands apart that begin alike', () => {
    const [one, other] = ownCommands(
      makeEvidence({ commands: [`SET a ${'x'.repeat(500)}1`, `SET a ${'x'.repeat(500)}2`] }),
    );
    expect(one).not.toBe(other);
    expect(one?.length).toBeLessThan(200);
  });
});
