import { textOf } from '../../../base/bytes.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { membersFailure } from '../members.ts';
import { distinct, object, textOrNumber } from '../parameters.ts';

export const setMembers = defineKind({
  kind: 'set-members',
  description: 'The set holds exactly these members.',
  parameters: object({ ...KEY, members: distinct(textOrNumber(), 'All of them, in any order.') }),
  example: {
    purpose: 'For a set whose members are known.',
    yaml: 'key: battle:hours\nmembers: [13, 14, 15]',
    mistake: 'one hour too many, and one left out',
    seen: {
      after: { 'battle:hours': { set: ['13', '14', '16'] } },
      commands: ['SADD battle:hours 13 14 16'],
    },
  },
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
});
