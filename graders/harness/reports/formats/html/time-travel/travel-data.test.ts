import { describe, expect, it } from 'vitest';
import type { RunEvidence } from '../../../../evidence/evidence.ts';
import { hash, list, string, zset } from '../../../../testing/evidence.ts';
import { type MadeStep, travelledBy, travelledSubmission } from '../../../../testing/travelled-submission.ts';
import type { GradedSubmission } from '../../format.ts';
import { dataElement } from '../data-element.ts';
import { shownSteps } from './shown-steps.ts';
import { travelData } from './travel-data.ts';

const ROOM = 2 * 1024 * 1024;
const OK = { kind: 'value', text: 'OK' } as const;

function dataOf({ evidence }: GradedSubmission, room = ROOM) {
  const [run] = evidence?.runs ?? [];
  return travelData(run as RunEvidence, shownSteps(run as RunEvidence), room);
}

describe('travelData', () => {
  it('has names and values in the order of their bytes, each once', () => {
    const { texts, keys, start } = dataOf(
      travelledBy({ b: hash({ y: '1', x: '1' }), a: zset({ '\u{1f600}': 1, '\uff5e': 2 }) }, [
        { commands: ['HDEL b x'], reply: OK, changes: { b: hash({ y: '1' }) } },
      ]),
    );
    // By UTF-16 the other one would come first.
    expect(texts.filter((text) => /[^\x20-\x7e]/.test(text))).toEqual(['"\uff5e"', '"\u{1f600}"']);
    expect(keys.map(([db, name]) => [db, texts[name]])).toEqual([
      [0, 'a'],
      [0, 'b'],
    ]);
    expect(start[1]?.elements.map((index) => texts[index])).toEqual(['y', '"1"', 'x', '"1"']);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('says what each step was and did', () => {
    const { steps, total } = dataOf(travelledSubmission());
    expect(total).toBe(9);
    expect(steps.map(({ says }) => says)).toEqual([
      ', line 1: HGET han credits; "10000"',
      ', line 2: HSET han credits 9500; credits: 10000 → 9500',
      ', line 3: HSET han; refused: ERR wrong number',
      ', line 4: DEL hna; did nothing: there was no such key',
      ': keys expired; flash: expired',
      ', line 5: GET flash; (nil)',
      ': MULTI … EXEC; crew: + leia; old: TTL 60 s → 90 s',
      ': EVAL "…" 1 queue; queue: − first from the start; scores: new sorted set with 2 members',
      ': DEL old; removed',
    ]);
  });

  it('tells two values apart that look the same where they are cut', () => {
    const long = (end: string) => list([`${'x'.repeat(600)}${end}`]);
    const { steps } = dataOf(
      travelledBy({ a: long('a') }, [{ commands: ['LSET a 0 x'], reply: OK, changes: { a: long('b') } }]),
    );
    const [change] = steps[0]?.changes ?? [];
    expect(change?.out).not.toEqual(change?.in);
  });

  it.each(['<!-- <script>', '</script>', ']]>', '\u2028"\\'])('lets %j be nothing but text', (text) => {
    const data = dataOf(
      travelledBy({ [text]: hash({ [text]: text }) }, [
        { commands: ['SET a b'], reply: { kind: 'error', text }, changes: { [text]: string(text) } },
      ]),
    );
    const { markup } = dataElement('x', JSON.stringify(data));
    const [, json = ''] = /^<script type="application\/json" id="x">(.*)<\/script>\n$/s.exec(markup) ?? [];
    expect(json).not.toContain('<');
    expect(JSON.parse(json)).toEqual(data);
    expect(data.texts.join()).not.toMatch(/[\u2028]/);
  });

  it('ends with an earlier step if there is no room for all', () => {
    const steps = (count: number): MadeStep[] =>
      Array.from({ length: count }, (_, index) => ({
        commands: [`SET key:${index} x`],
        reply: OK,
        changes: { [`key:${index}`]: string(`<${'<'.repeat(400)}${index}`) },
      }));
    for (const room of [0, 1_000, 100_000]) {
      const data = dataOf(travelledBy({}, steps(100)), room);
      const json = dataElement('', JSON.stringify(data)).markup;
      expect(json.length).toBeLessThan(room + 200);
      expect(data.total).toBe(100);
      expect(data.keys).toHaveLength(data.steps.length);
      expect(data.steps.length).toBe(room === 0 ? 0 : Math.min(100, data.steps.length));
    }
    expect(dataOf(travelledBy({}, steps(100)), 100_000).steps.length).toBeGreaterThan(30);
  });

  it('lists some of the keys that no step changes, and counts the others', () => {
    const idle = Object.fromEntries(
      Array.from({ length: 250 }, (_, index) => [`idle:${index}`, string('x')]),
    );
    const large = list(Array.from({ length: 500 }, String));
    const data = dataOf(
      travelledBy({ ...idle, large }, [{ commands: ['SET a x'], reply: OK, changes: { a: string('x') } }]),
    );
    expect(data.keys).toHaveLength(101);
    expect(data.others).toEqual([[0, 151]]);
  });
});
