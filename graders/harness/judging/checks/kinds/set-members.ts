import { shortList } from '../../../base/text/count.ts';
import { show } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { isFailure, KEY, keyOfType } from '../key-param.ts';
import { describeMatcher, holds, matcher } from '../matcher.ts';
import { pairUp } from '../pair-up.ts';
import { object, oneOrMore } from '../parameters.ts';

/** How many of the members that are wanted, or there, are told. */
const SHOWN = 12;

export const setMembers = defineKind({
  kind: 'set-members',
  description: 'The set holds exactly these members. For each matcher there is a member of its own.',
  parameters: object({
    ...KEY,
    members: oneOrMore(matcher(), { description: 'All of them, in any order.' }),
  }),
  example: {
    purpose: 'For a set whose members are known, or their form.',
    yaml: 'key: battle:hours\nmembers: [13, 14, 15]',
    mistake: 'one hour too many, and one left out',
    seen: {
      after: { 'battle:hours': { set: ['13', '14', '16'] } },
      commands: ['SADD battle:hours 13 14 16'],
    },
  },
  keys: ({ key }) => [key],
  judge(parameters, run) {
    const { key, members } = parameters;
    const found = keyOfType(run, parameters, 'set');
    if (isFailure(found)) return found;
    const pairs = pairUp(members, found.members, (wanted, member) => holds(wanted, member));
    if (found.size === members.length && pairs.size === members.length) return PASS;
    const taken = new Set(pairs.values());
    const missing = members.filter((_, index) => !pairs.has(index)).map((one) => describeMatcher(one));
    const extra = found.members.filter((_, index) => !taken.has(index)).map((member) => show(member));
    const parts = [
      ...(missing.length > 0 ? [`missing: ${shortList(missing)}`] : []),
      ...(extra.length > 0 ? [`too many: ${shortList(extra)}`] : []),
    ];
    const there = found.members.map((member) => show(member));
    return {
      passed: false,
      expected: shortList(
        members.map((one) => describeMatcher(one)),
        SHOWN,
      ),
      // Of a set that was cut it is not known what else it holds.
      actual: parts.join('; ') || shortList(there, SHOWN, found.size),
      commands: changesOf(run, key),
    };
  },
});
