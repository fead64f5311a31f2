import { describe, expect, it } from 'vitest';
import { hash, type Keys } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { quotient } from './quotient.ts';

const PASSED = { passed: true };
const parameters = { key: 'ratio', dividend: 'hits', divisor: 'shots', tolerance: 0.0005 };
const judge = (after: Keys, commands: string[] = []) =>
  judgeCheck(quotient, parameters, { before: { hits: '1', shots: '1000' }, after, commands });

describe('quotient', () => {
  it.each<[string, Keys]>([
    ['the number', { hits: '28', shots: '80', ratio: '0.35' }],
    ['more decimals than are needed', { hits: '28', shots: '80', ratio: '0.34999999999999998' }],
    ['a number that was rounded', { hits: '1', shots: '16', ratio: '0.063' }],
    ['an exponent', { hits: '28', shots: '80', ratio: '35e-2' }],
    ['a whole number', { hits: '80', shots: '80', ratio: '1' }],
    ['nothing that was counted', { ratio: '0' }],
    ['nothing to divide by', { hits: '0', shots: '0', ratio: '0.000' }],
    ['nothing to divide', { shots: '5', ratio: '0' }],
  ])('passes for %s', (_, after) => {
    expect(judge(after)).toEqual(PASSED);
  });

  it.each<[string, Keys, string, string]>([
    ['a whole number', { hits: '28', shots: '80', ratio: '0' }, '0.35, which is 28 / 80', '"0"'],
    ['the other way round', { hits: '28', shots: '80', ratio: '2.857' }, '0.35, which is 28 / 80', '"2.857"'],
    ['a percentage', { hits: '28', shots: '80', ratio: '35%' }, '0.35, which is 28 / 80', '"35%"'],
    ['too few decimals', { hits: '1', shots: '3', ratio: '0.33' }, '0.333333, which is 1 / 3', '"0.33"'],
    ['a division by 0', { hits: '0', shots: '0', ratio: 'nan' }, '0, which is 0 / 0, taken as 0', '"nan"'],
    ['another type', { hits: '1', shots: '2', ratio: hash({ a: '0.5' }) }, 'a string', 'a hash'],
    ['no key', { hits: '1', shots: '2' }, 'a string', 'no such key'],
  ])('fails for %s', (_, after, expected, actual) => {
    expect(judge(after)).toMatchObject({ passed: false, expected, actual });
  });

  it('takes the counters as they were where the script has changed them', () => {
    const before = { hits: '28', shots: '80' };
    for (const counters of [{}, { hits: 'many' }])
      expect(judgeCheck(quotient, parameters, { before, after: { ...counters, ratio: '0.35' } })).toEqual(
        PASSED,
      );
    const after = { hits: 'many', shots: '80', ratio: '0.4' };
    expect(judgeCheck(quotient, parameters, { before, after })).toMatchObject({
      expected: '0.35, which is 28 / 80',
    });
  });

  it('tells what wrote the number', () => {
    expect(judge({ hits: '28', shots: '80', ratio: '0.28' }, ['SET ratio 0.28'])).toMatchObject({
      commands: [{ command: 'SET ratio 0.28', effect: null }],
    });
  });
});
