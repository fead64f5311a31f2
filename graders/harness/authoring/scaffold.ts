import { join } from 'node:path';
import { ownCommand } from '../base/text/own-command.ts';
import { type Collection, SHIPPED } from '../challenges/collection/collection.ts';
import { scriptNames } from '../recording/submission/languages.ts';

/**
 * The files of a new challenge, by absolute path. They are a small challenge that is whole: it can be
 * verified at once, and TODO says what its author puts in place of the example. `schema` is where the grader
 * finds its schema, as seen from it.
 */
export function scaffold(id: string, collection: Collection, schema: string): Map<string, string> {
  const [mission = ''] = id.split('/');
  const counter = `${mission}:visitors`;
  const guest = `${mission}:last_visitor`;
  const challenge = (name: string) => join(collection.challenges, id, name);
  const fixture = (name: string) => join(collection.fixtures, id, name);
  return new Map([
    [join(collection.graders, `${id}.yaml`), grader(id, counter, guest, schema)],
    [challenge('README.md'), instructions(id, counter, guest, collection)],
    [challenge('solution.valkey'), STARTER],
    [fixture('pass/commands.valkey'), `INCR ${counter}\n`],
    [
      fixture('pass/lua.valkey'),
      `EVAL "return redis.call('SET', KEYS[1], redis.call('GET', KEYS[1]) + 1) and redis.call('GET', KEYS[1])" 1 ${counter}\n`,
    ],
    [fixture('pass/shell.sh'), `valkey-cli INCRBY ${counter} 1\n`],
    [fixture('fail/nothing-done.valkey'), '# Only a comment.\n'],
    [fixture('fail/written-down.valkey'), `GET ${counter}\nSET ${counter} 42\nECHO 42\n`],
    [fixture('fail/counted-twice.valkey'), `INCR ${counter}\nINCR ${counter}\n`],
    [fixture('fail/never-printed.sh'), `valkey-cli INCR ${counter} > /dev/null\n`],
    [fixture('fail/bystander-deleted.valkey'), `INCR ${counter}\nDEL ${guest}\n`],
    [fixture('expected.json'), GOLDENS],
  ]);
}

function grader(id: string, counter: string, guest: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema.replaceAll('\\', '/')}
title: "TODO: a title for ${id}"
points: 7 # the sum of the checks' points
# What is there before the script runs, as one types it in valkey-cli.
setup:
  - SET ${counter} 41
  - SET ${guest} leia
# Other data under which the script runs again, to catch answers that were written down.
variants:
  - id: another-day
    title: another number of visitors
    setup:
      - SET ${counter} 6
      - SET ${guest} luke
# TODO: these are an example's checks, one of each family. graders/checks.md of keyspace-grader has all kinds.
checks:
  # The keyspace afterwards: what was achieved. Most points belong here.
  - id: counted
    title: There is one visitor more
    points: 2
    kind: string-value
    key: ${counter}
    value: { increasedBy: 1 }
    hints:
      - How many visitors were there before your script, and how many should there be after it?
      - A command whose name begins with INCR adds to a number.

  # The same in a variant. It needs the check of the main run, so that a mistake is told once.
  - id: counted-again
    title: One more, however many there were
    points: 1
    needs: [counted]
    variant: another-day
    kind: string-value
    key: ${counter}
    value: { increasedBy: 1 }
    hints:
      - Another day there are others. Does your script look at the number, or does it write one down?
      - Let the server add. Then the result never stands in your script.

  # The commands that ran: how it was done. Name all that do the same.
  - id: in-one-step
    title: The server did the counting
    points: 2
    kind: command-ran
    anyOf:
      - { command: [INCR, INCRBY, INCRBYFLOAT], args: ['${counter}'] }
      - { command: SET, args: ['${counter}'], lua: true }
    hints:
      - Two visitors come at the same moment. Both scripts read the number, both add one. Who is lost?
      - Reading and writing must be one step, a command that adds or a Lua script.

  # The output (of a command file: its replies): what the script told.
  - id: printed
    title: The new number was printed
    points: 1
    kind: output-items
    items: [42]
    hints:
      - What the server answers must reach the output.
      - The command that adds answers with the new number. In a command file the replies are the output.

  # The keyspace again: what had to be left alone. A script that does nothing must gain nothing by it.
  - id: untouched
    title: Nothing else changed
    points: 1
    needs: [counted]
    kind: unchanged
    keys: ['${guest}']
    noOtherKeys: true
    hints:
      - One number is yours to change. What else did your commands touch?
      - DEL, SET and RENAME on another key are not part of this challenge.
`;
}

/** How learners grade it: what is not the workshop's must be named. */
function grade(id: string, { root }: Collection): string {
  return root === SHIPPED.root ? `npm run grade -- ${id}` : ownCommand('grade', id, '--challenges', '.');
}

function instructions(id: string, counter: string, guest: string, collection: Collection): string {
  const [mission = ''] = id.split('/');
  return `# TODO: a title for ${id}

*Bonus challenge of the mission "${mission}": 7 points, easy, about 5 minutes.*

TODO: two or three sentences on what it is about, and why one wants it.

## What is there

The grader has set up two keys before your script runs:

| key | value |
| --- | --- |
| \`${counter}\` | \`41\` |
| \`${guest}\` | \`leia\` |

## What to do

TODO: your own steps. The example's are:

1. Count one more visitor.
2. Print how many there are now.

## What must hold at the end

TODO: every key and every value that a check demands, and nothing that gives the answer away.

- \`${counter}\` is one higher than before, and was raised in one step.
- The new number is in the output.
- Nothing else changed.

Your script is run a second time on another day, with another number of visitors.

## How to write it

Put your commands into \`solution.valkey\` in this folder, one a line, as you would type them in valkey-cli. Or delete that file and write ${scriptNames()} instead. Such a script finds the server in \`VALKEY_HOST\` and \`VALKEY_PORT\` (or \`VALKEY_URL\`); \`valkey-cli\` reaches it without any option, and Node scripts can import \`iovalkey\`.

## How to grade it

From the root of the repository:

\`\`\`sh
${grade(id, collection)}
\`\`\`

## Useful pages

[INCR](https://valkey.io/commands/incr/), and the page on [strings](https://valkey.io/topics/strings/)
`;
}

const STARTER = `# Write your commands below, one a line, as you would type them in valkey-cli.
# Lines that begin with # are comments. The README beside this file has the data.

# TODO: a comment for each step, and no commands. The example's steps are:
# 1. Count one more visitor.

# 2. Print how many there are now.
`;

const FAILED = { counted: 'failed', 'counted-again': 'skipped', untouched: 'skipped' };

const GOLDENS = `${JSON.stringify(
  {
    'bystander-deleted.valkey': {
      mistake: 'A key that is none of its business is deleted. TODO: your own mistakes.',
      score: 6,
      checks: { untouched: 'failed' },
    },
    'counted-twice.valkey': {
      mistake: 'Two visitors are counted.',
      score: 3,
      checks: FAILED,
    },
    'never-printed.sh': { mistake: 'The answer is thrown away.', score: 6, checks: { printed: 'failed' } },
    'nothing-done.valkey': {
      mistake: 'Nothing is done.',
      score: 0,
      checks: {
        counted: 'failed',
        'counted-again': 'skipped',
        'in-one-step': 'failed',
        printed: 'failed',
        untouched: 'skipped',
      },
    },
    'written-down.valkey': {
      mistake: 'The result is written down in the script.',
      score: 4,
      checks: { 'counted-again': 'failed', 'in-one-step': 'failed' },
    },
  },
  null,
  2,
)}\n`;
