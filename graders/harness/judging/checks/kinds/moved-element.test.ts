import { describe, expect, it } from 'vitest';
import { type Command, list, makeView, string } from '../../../testing/evidence.ts';
import { movedElement } from './moved-element.ts';

const PASSED = { passed: true };
const before = { from: list(['b', 'c']), to: list(['x']) };

type After = Record<string, ReturnType<typeof list>>;

function judge(side: 'from' | 'to', after: After, commands: Command[] = []) {
  const view = makeView({ before, after, commands });
  return movedElement.judge({ from: 'from', to: 'to', out: 'RIGHT', into: 'LEFT', judge: side }, view);
}

/** In a variant that begins with other elements. */
function judgeVariant(side: 'from' | 'to', after: After, commands: Command[], leftovers: string[] = []) {
  const variant = { before: { from: list(['k', 'l', 'm']), to: list(['y']) }, after, commands };
  const view = makeView({ before, variants: { v: variant } }, 'v');
  return movedElement.judge(
    { from: 'from', to: 'to', out: 'RIGHT', into: 'LEFT', judge: side, leftovers },
    view,
  );
}

describe('moved-element', () => {
  it('judges each of the two lists by itself', () => {
    const after = { from: list(['b']), to: list(['c', 'x']) };
    expect(judge('from', after)).toEqual(PASSED);
    expect(judge('to', after)).toEqual(PASSED);
    expect(judge('from', { ...after, to: list(['x', 'c']) })).toEqual(PASSED);
    expect(judge('to', { ...after, to: list(['x', 'c']) })).toEqual({
      passed: false,
      expected: '1) "c"\n2) "x"',
      actual: '1) "x"\n2) "c"',
      commands: [],
    });
  });

  it('knows the other ends', () => {
    const view = makeView({ before, after: { from: list(['c']), to: list(['x', 'b']) } });
    for (const side of ['from', 'to'] as const) {
      const parameters = { from: 'from', to: 'to', out: 'LEFT', into: 'RIGHT', judge: side } as const;
      expect(movedElement.judge(parameters, view)).toEqual(PASSED);
    }
  });

  it('says what is there where that is no list', () => {
    const view = makeView({ before, after: { to: string('c') } });
    const parameters = { from: 'from', to: 'to', out: 'RIGHT', into: 'LEFT' } as const;
    expect(movedElement.judge({ ...parameters, judge: 'to' }, view)).toMatchObject({
      expected: 'a list',
      actual: 'a string',
    });
    expect(movedElement.judge({ ...parameters, judge: 'from' }, view)).toMatchObject({
      expected: '1) "b"',
      actual: 'no such key',
    });
  });

  it('takes a list that has become empty for one', () => {
    const view = makeView({ before: { from: list(['a']) }, after: { to: list(['a']) } });
    const parameters = { from: 'from', to: 'to', out: 'RIGHT', into: 'LEFT', judge: 'from' } as const;
    expect(movedElement.judge(parameters, view)).toEqual(PASSED);
  });

  const outcomes: [string, Command[], After][] = [
    [
      'in place of what was there',
      ['DEL from to', 'RPUSH from b c', 'RPUSH to x', 'LMOVE from to RIGHT LEFT'],
      { from: list(['b']), to: list(['c', 'x']) },
    ],
    [
      'on top of what was there',
      ['RPUSH from b c', 'LPUSH to x', 'RPOPLPUSH from to'],
      { from: list(['k', 'l', 'm', 'b']), to: list(['c', 'x', 'y']) },
    ],
    [
      'with elements that are taken again',
      [
        'RPUSH from a b c',
        'LPUSH to x z',
        'LPOP from 1',
        'LPOP to',
        'EVAL s 0',
        { run: 'RPOP from', lua: true },
        { run: 'LPUSH to c', lua: true },
      ],
      { from: list(['l', 'm', 'a', 'b']), to: list(['c', 'x', 'y']) },
    ],
  ];
  it.each(outcomes)('lets a script run the set-up again: %s', (_, commands, after) => {
    for (const side of ['from', 'to'] as const)
      expect(judgeVariant(side, after, commands, ['a'])).toEqual(PASSED);
  });

  it.each<[string, Command[], After]>([
    [
      'the outcome written down',
      ['DEL from to', 'RPUSH from b', 'RPUSH to c x'],
      { from: list(['b']), to: list(['c', 'x']) },
    ],
    [
      'an element that no set-up has',
      ['RPUSH from b c', 'RPUSH to x', 'RPUSH from alien', 'RPOPLPUSH from to'],
      { from: list(['k', 'l', 'm', 'b', 'c']), to: list(['alien', 'y', 'x']) },
    ],
    [
      'lists to which the commands do not lead',
      ['DEL from to', 'RPUSH from b c', 'RPUSH to x', 'SORT to STORE from', 'LMOVE from to RIGHT LEFT'],
      { from: list(['b']), to: list(['x', 'c']) },
    ],
  ])('fails for %s', (_, commands, after) => {
    expect(judgeVariant('to', after, commands)).toMatchObject({ passed: false });
  });
});
