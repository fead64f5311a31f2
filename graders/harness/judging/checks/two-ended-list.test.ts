import { describe, expect, it } from 'vitest';
import { seeded } from '../../testing/long-trace.ts';
import { TwoEndedList } from './two-ended-list.ts';

describe('TwoEndedList', () => {
  it('holds what an array would, whatever comes and goes', () => {
    const random = seeded(1);
    const plain = ['a', 'b', 'c'];
    const list = new TwoEndedList(plain);
    for (let step = 0; step < 2_000; step += 1) {
      const end = random() < 0.5 ? 'LEFT' : 'RIGHT';
      if (random() < 0.45) {
        list.put(end, String(step));
        end === 'LEFT' ? plain.unshift(String(step)) : plain.push(String(step));
      } else expect(list.take(end)).toBe(end === 'LEFT' ? plain.shift() : plain.pop());
      expect(list.length).toBe(plain.length);
      expect(list.toArray()).toEqual(plain);
    }
  });
});
