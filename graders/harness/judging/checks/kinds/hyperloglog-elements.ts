import { isCut, toBuffer } from '../../../base/bytes.ts';
import { count, list } from '../../../base/text/count.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { markOf, registersOf } from '../hyperloglog-registers.ts';
import { describeKey, KEY } from '../key-param.ts';
import { object, oneOrMore, text } from '../parameters.ts';

export const hyperLogLogElements = defineKind({
  kind: 'hyperloglog-elements',
  description:
    'The key is a HyperLogLog, and nothing but these elements went into it, whichever way. Whether all of them did is for hyperloglog-count. A HyperLogLog keeps no names, but what each leaves in it, and it is unlikely that another one leaves the same.',
  parameters: object({
    ...KEY,
    elements: oneOrMore(text(), { description: 'The elements that may be in it.' }),
  }),
  example: {
    purpose: 'For names that must be right, beside a count.',
    yaml: 'key: battle:ships\nelements: [falcon, x-wing]',
    mistake: 'the name of a ship has a typing error',
    seen: {
      after: { 'battle:ships': { hyperloglog: ['falcon', 'x_wing'] } },
      commands: ['PFADD battle:ships falcon x_wing'],
    },
  },
  keys: ({ key }) => [key],
  judge({ key, db = 0, elements }, run) {
    const found = run.key(key, db);
    const isWhole = found?.type === 'string' && !isCut(found.value);
    const registers = isWhole ? registersOf(toBuffer(found.value)) : undefined;
    const known = elements.map(markOf);
    const others = registers?.filter(
      (one) => !known.some(({ register, rank }) => register === one.register && rank === one.rank),
    );
    if (others?.length === 0) return PASS;
    return {
      passed: false,
      expected: `a HyperLogLog of none but ${list(elements.map((element) => show(element)))}`,
      actual:
        others === undefined
          ? `no HyperLogLog: ${describeKey(run, key, db)}`
          : `a HyperLogLog with ${count(others.length, 'element')} of another name`,
      commands: changesOf(run, key),
    };
  },
});
