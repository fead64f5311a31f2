import { expect, it } from 'vitest';
import { pairUp } from './pair-up.ts';

const paired = (wanted: string[], found: string[]) =>
  [...pairUp(wanted, found, (one, other) => one.includes(other))]
    .map(([one, other]) => `${wanted[one]}=${found[other]}`)
    .sort();

it('gives each wanted thing one that fits, whatever their order', () => {
  expect(paired(['a', 'b'], ['b', 'a'])).toEqual(['a=a', 'b=b']);
  // The one that takes anything leaves the others what they need.
  expect(paired(['abc', 'a', 'ab'], ['a', 'b', 'c'])).toEqual(['a=a', 'ab=b', 'abc=c']);
});

it('gives nothing twice, and leaves what cannot be given', () => {
  expect(paired(['a', 'a'], ['a'])).toHaveLength(1);
  expect(paired(['ab', 'a', 'b'], ['a', 'x'])).toHaveLength(1);
  expect(paired([], ['a'])).toEqual([]);
});

it('takes no time over many that fit alike', () => {
  const many = Array.from({ length: 300 }, () => 'a');
  expect(paired(many, [...many, 'a'])).toHaveLength(300);
});
