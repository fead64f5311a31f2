import { distinct } from '../../document/schema.ts';
import { textOf } from '../../evidence/bytes.ts';
import { show } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY_PROPERTIES, type KeyParam, keyOfType } from '../key-param.ts';
import { membersFailure } from '../members.ts';

interface SetMembersParams extends KeyParam {
  members: (string | number)[];
}

export const setMembers: CheckKind<SetMembersParams> = {
  kind: 'set-members',
  description: 'The set holds exactly these members.',
  properties: {
    ...KEY_PROPERTIES,
    members: distinct({ type: ['string', 'number'] }, 'All of them, in any order.'),
  },
  required: ['key', 'members'],
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const found = keyOfType(run, parameters, 'set');
    if (isFailure(found)) return found;
    const wanted = parameters.members.map(String);
    if (
      found.size === wanted.length &&
      wanted.every((member) => found.members.some((other) => textOf(other) === member))
    ) {
      return PASS;
    }
    return membersFailure(
      run,
      parameters.key,
      wanted.map((member) => show(member)),
      found.members.map((member) => show(member)),
    );
  },
};
