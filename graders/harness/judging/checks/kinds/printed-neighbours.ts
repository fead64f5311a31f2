import { textOf } from '../../../base/bytes.ts';
import { list, shortList } from '../../../base/text/count.ts';
import { show, showArgument } from '../../../base/text/printable.ts';
import type { KeySnapshot } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { canLookFor, hasItem } from '../has-item.ts';
import { type MemberScores, memberScores, ranking } from '../member-scores.ts';
import { describeOutput, outputOf } from '../output-text.ts';
import { object, oneOf, optional, text } from '../parameters.ts';

export const printedNeighbours = defineKind({
  kind: 'printed-neighbours',
  description:
    'The script printed the members of a sorted set that stand right above and right below one member, in any order, and none but these and the member itself. The sorted set and the member are taken as they are after the script, or as they were before it.',
  parameters: object({
    key: text({ minLength: 1, description: 'The sorted set (database 0).' }),
    memberIn: text({
      minLength: 1,
      description: 'The string that holds the name of the member (database 0).',
    }),
    judge: optional(
      oneOf(['neighbours', 'others'], {
        description:
          'Only that the neighbours were printed, or only that no others were; both where it is left out.',
      }),
    ),
  }),
  example: {
    purpose: 'For “who stands next to me on the board”.',
    yaml: 'key: board\nmemberIn: pilot_in_question',
    mistake: 'only the one below was printed',
    seen: {
      before: { board: { zset: { biggs: 70, wedge: 85, luke: 99 } }, pilot_in_question: 'wedge' },
      after: { board: { zset: { biggs: 70, wedge: 85, luke: 99 } }, pilot_in_question: 'wedge' },
      commands: ['ZREVRANGE board 1 2 WITHSCORES'],
      stdout: 'wedge 85\nbiggs 70\n',
    },
  },
  keys: ({ key, memberIn }) => [key, memberIn],
  judge({ key, memberIn, judge }, run) {
    const output = outputOf(run, {});
    const situations = [
      situation(run.key(key), run.key(memberIn)),
      situation(run.keyBefore(key), run.keyBefore(memberIn)),
    ].filter(({ neighbours }) => neighbours.length > 0);
    if (judge !== 'neighbours' && !situations.every(({ others }) => canLookFor(others, output))) {
      return {
        passed: false,
        expected: `output with the neighbours of a member in ${showArgument(key)}, and nobody else`,
        actual: 'more output than can be searched for all the other members',
      };
    }
    const findings = situations.map(({ member, neighbours, others }) => ({
      member,
      neighbours,
      missing: judge === 'others' ? [] : neighbours.filter((name) => !hasItem(output, name)),
      unwanted: judge === 'neighbours' ? [] : others.filter((name) => hasItem(output, name)),
    }));
    if (findings.some(({ missing, unwanted }) => missing.length + unwanted.length === 0)) return PASS;
    const [finding] = findings;
    if (!finding) {
      return {
        passed: false,
        expected: `neighbours of a member in ${showArgument(key)}`,
        actual: 'there were none, neither before the script nor after it',
      };
    }
    const { member, neighbours, missing, unwanted } = finding;
    const names = list(
      neighbours.map((name) => show(name)),
      'and',
    );
    const who = neighbours.length === 1 ? `the only neighbour of ${member}` : `the neighbours of ${member}`;
    const only = judge === 'neighbours' ? '' : ', and nobody else';
    return {
      passed: false,
      expected: `output with ${names}, ${who}${only}`,
      actual: [
        ...(missing.length > 0
          ? [
              `not printed: ${list(
                missing.map((name) => show(name)),
                'and',
              )}`,
            ]
          : []),
        ...(unwanted.length > 0 ? [`printed as well: ${shortList(unwanted.map((name) => show(name)))}`] : []),
        `the output: ${describeOutput(run, {})}`,
      ].join('\n'),
    };
  },
});

interface Situation {
  member: string;
  neighbours: string[];
  others: string[];
}

function situation(board: KeySnapshot | undefined, asked: KeySnapshot | undefined): Situation {
  const member = (asked?.type === 'string' && textOf(asked.value)) || '';
  const scores: MemberScores = memberScores(board);
  const order = ranking(scores);
  const rank = order.indexOf(member);
  const near = (name: string, index: number) => name !== member && Math.abs(index - rank) === 1;
  const neighbours = rank === -1 ? [] : order.filter(near);
  return {
    member,
    neighbours,
    others: order.filter((name) => name !== member && !neighbours.includes(name)),
  };
}
