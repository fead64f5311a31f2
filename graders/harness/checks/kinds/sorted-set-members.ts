import { textOf } from '../../evidence/bytes.ts';
import { show } from '../../text/printable.ts';
import { type CheckKind, PASS } from '../check.ts';
import { isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';
import { membersFailure } from '../members.ts';

interface SortedSetMembersParams extends KeyParam {
  members: Record<string, number>;
}

export const sortedSetMembers: CheckKind<SortedSetMembersParams> = {
  kind: 'sorted-set-members',
  description: 'The sorted set holds exactly these members with these scores, compared as numbers.',
  properties: {
    ...KEY_PROPERTIES,
    members: {
      type: 'object',
      minProperties: 1,
      additionalProperties: { type: 'number' },
      description: 'The score of each member.',
    },
  },
  required: ['key', 'members'],
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const found = keyOfType(run, parameters, 'zset');
    if (isFailure(found)) return found;
    const wanted = Object.entries(parameters.members);
    const holds = ([member, score]: [string, number]) =>
      found.members.some((other) => textOf(other.member) === member && toScore(other.score) === score);
    if (found.size === wanted.length && wanted.every(holds)) return PASS;
    return membersFailure(
      run,
      parameters.key,
      wanted.map(([member, score]) => `${show(member)} with ${score}`),
      found.members.map(({ member, score }) => `${show(member)} with ${toScore(score)}`),
    );
  },
};

/** A score as a number: the server writes `inf` for what JavaScript calls Infinity. */
function toScore(text: string): number {
  return Number(text.replace(/inf$/, 'Infinity'));
}
