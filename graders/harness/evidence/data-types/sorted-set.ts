import type { Value } from '../../base/bytes.ts';
import { element, pairs, replied, textIn } from './answered.ts';
import { type Answered, defineDataType } from './data-type.ts';

export const sortedSet = defineDataType<'zset', { member: Value; score: string }>({
  title: 'sorted set',
  element: 'member',
  elements: 'members',
  columns: ['Member', 'Score'],
  order: 'score',
  lua: "return call('ZCARD', key), inOrder(2, 'ZRANGE', key, 'WITHSCORES')",
  content: (size, value) => ({
    type: 'zset',
    size,
    members: pairs(value as Answered[]).map(([member, score]) => ({
      member: element(member),
      score: score.toString(),
    })),
  }),
  async ask(client, name) {
    const members = pairs(await client.flat('ZRANGE', name, '0', '-1', 'WITHSCORES')).map(
      ([member, score]) => ({ member: replied(member), score: textIn(score) }),
    );
    return { type: 'zset', size: members.length, members };
  },
  items: ({ members }) => members,
  withItems: (key, members) => ({ ...key, members }),
  nameOf: ({ member }) => member,
  besideOf: ({ score }) => score,
  hasWordsBeside: true,
});
