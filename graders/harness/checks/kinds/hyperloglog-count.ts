import { count as counted } from '../../text/count.ts';
import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { article, describeKey, KEY_PROPERTIES, type KeyParam, typeName } from '../key-param.ts';

interface HyperLogLogCountParams extends KeyParam {
  count: number;
  tolerance?: number;
}

export const hyperLogLogCount: CheckKind<HyperLogLogCountParams> = {
  kind: 'hyperloglog-count',
  description:
    'The key is a HyperLogLog, and counts so many different elements. The server was asked when the snapshot was taken: bytes are not compared.',
  properties: {
    ...KEY_PROPERTIES,
    count: { type: 'integer', minimum: 0, description: 'What PFCOUNT must answer.' },
    tolerance: {
      type: 'integer',
      minimum: 0,
      description:
        'By how much it may be off: 0 where it is left out. Small counts are exact, large ones off by 0.81 % or so.',
    },
  },
  required: ['key', 'count'],
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
};
