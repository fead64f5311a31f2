import { count as counted } from '../../../base/text/count.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { article, describeKey, KEY, typeName } from '../key-param.ts';
import { integer, object, optional } from '../parameters.ts';

export const hyperLogLogCount = defineKind({
  kind: 'hyperloglog-count',
  description:
    'The key is a HyperLogLog, and counts so many different elements. The server was asked when the snapshot was taken: bytes are not compared.',
  parameters: object({
    ...KEY,
    count: integer({ minimum: 0, description: 'What PFCOUNT must answer.' }),
    tolerance: optional(
      integer({
        minimum: 0,
        description:
          'By how much it may be off: 0 where it is left out. Small counts are exact, large ones off by 0.81 % or so.',
      }),
    ),
  }),
  example: {
    purpose: 'For a count of different things that need not be exact.',
    yaml: 'key: battle:unique_ships\ncount: 6',
    mistake: 'one ship was left out',
    seen: {
      after: { 'battle:unique_ships': { hyperloglog: 5 } },
      commands: ['PFADD battle:unique_ships a b c d e'],
    },
  },
  keys: ({ key }) => [key],
  judge({ key, db = 0, count, tolerance = 0 }, run) {
    const found = run.key(key, db);
    const actual = found?.type === 'string' ? found.hyperloglog : undefined;
    if (actual !== undefined && Math.abs(actual - count) <= tolerance) return PASS;
    const about = tolerance > 0 ? 'about ' : '';
    return {
      passed: false,
      expected: `a HyperLogLog that counts ${about}${counted(count, 'element')}`,
      actual:
        actual !== undefined
          ? `a HyperLogLog that counts ${counted(actual, 'element')}`
          : found?.type === 'string'
            ? `a plain string, no HyperLogLog: ${show(found.value)}`
            : found?.type === 'set'
              ? `${article(typeName(found))} of ${counted(found.size, 'member')}, no HyperLogLog`
              : describeKey(run, key, db),
      commands: changesOf(run, key),
    };
  },
});
