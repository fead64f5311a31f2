import { describe, expect, it } from 'vitest';
import { hash, list, set } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { PASS as PASSED } from '../finding.ts';
import { listFromStrings } from './list-from-strings.ts';

const counters = {
  'battle:09:shots': '120',
  'battle:10:shots': '85',
  'battle:11:shots': '1250',
  // None of these is one of them.
  'battle:12:hits': '7',
  'battles:12:shots': '7',
  'battle:13:shots': hash({ a: '1' }),
};
const common = { key: 'l', prefix: 'battle:', suffix: ':shots' };
const values = { ...common, items: 'values', order: 'name' } as const;
const busiest = { ...common, items: 'names', order: 'highest' } as const;

function find(parameters: typeof values | (typeof busiest & { index?: string }), items: string[], more = {}) {
  return judgeCheck(listFromStrings, parameters, { after: { ...counters, ...more, l: list(items) } });
}

describe('list-from-strings', () => {
  it('passes with their values in the order of their names', () => {
    expect(find(values, ['120', '85', '1250'])).toEqual(PASSED);
  });

  it('passes with their names, the highest number first', () => {
    expect(find(busiest, ['11', '09', '10'])).toEqual(PASSED);
  });

  it.each([
    ['another order', ['85', '120', '1250']],
    ['one that is missing', ['120', '85']],
    ['one more', ['120', '85', '1250', '7']],
    ['another value', ['120', '85', '1251']],
  ])('tells what should be there in place of %s', (_, items) => {
    expect(find(values, items)).toMatchObject({
      passed: false,
      expected: '1) "120"\n2) "85"\n3) "1250"',
      actual: items.map((item, index) => `${index + 1}) "${item}"`).join('\n'),
    });
  });

  it('says what is there where it is no list', () => {
    const after = { ...counters, l: set(['120']) };
    expect(judgeCheck(listFromStrings, values, { after })).toMatchObject({ passed: false, actual: 'a set' });
    expect(judgeCheck(listFromStrings, values, { after: counters })).toMatchObject({
      expected: '1) "120"\n2) "85"\n3) "1250"',
    });
  });

  it('lets a list go by an index, whatever is in that', () => {
    const more = { hours: set(['11', '09', '23']) };
    const indexed = { ...values, index: 'hours' };
    expect(find(indexed, ['120', '1250', ''], more)).toEqual(PASSED);
    expect(find(indexed, ['120', '85', '1250'], more)).toEqual(PASSED);
    expect(find({ ...busiest, index: 'hours' }, ['11', '09', '23'], more)).toEqual(PASSED);
    expect(find(values, ['120', '1250', ''], more)).toMatchObject({ passed: false });
    expect(find(indexed, ['1250', '120', ''], more)).toMatchObject({ passed: false });
  });
});
