// biome-ignore-all lint/style/noExcessiveLinesPerFile: an example for each mistake that is found.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder } from '../base/scratch-folder.ts';
import { collectionAt } from '../challenges/collection/collection.ts';
import type { Engine } from '../recording/engine/engine.ts';
import { testbed } from '../testing/testbeds.ts';
import { readChallenge } from './challenge-source.ts';
import { lintChallenge } from './lint.ts';
import { newChallenge } from './new-challenge.ts';
import { probeServer } from './probe-server.ts';

const ID = 'music/jukebox';
const GRADER = `graders/${ID}.yaml`;
const README = `challenges/${ID}/README.md`;
const STARTER = `challenges/${ID}/solution.valkey`;
const DRAFT =
  '# A jukebox\n\n*Bonus challenge of the mission "music": 7 points, medium, about 10 minutes.*\n';
const GOLDENS = `fixtures/${ID}/expected.json`;

let engine: Engine;
let root: string;

beforeAll(async () => {
  ({ engine } = await testbed('local'));
});
/** The scaffold without its TODOs: a challenge of which there is nothing to complain. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lint-test-'));
  await newChallenge(ID, collectionAt(root));
  for (const file of [GRADER, README, STARTER, GOLDENS]) await edit(file, /TODO:? ?/g, '');
});
afterEach(() => removeFolder(root));

async function edit(file: string, old: string | RegExp, text: string): Promise<void> {
  const before = await readFile(join(root, file), 'utf8');
  const after = before.replace(old, () => text);
  if (after === before) throw new Error(`${file} does not hold ${old}`);
  await writeFile(join(root, file), after);
}

/** What is found, a line each: `file:line: message (rule)`, with paths from the root. */
async function findings(coverage = false): Promise<string[]> {
  const source = await readChallenge(ID, collectionAt(root));
  const server = await probeServer(engine, [source]);
  return lintChallenge(source, server, coverage).map(
    ({ file, line, message, rule }) =>
      `${relative(root, file)}:${line}: ${message.replaceAll(`${relative(process.cwd(), root)}/`, '')} (${rule})`,
  );
}

describe('lintChallenge', () => {
  it('finds nothing in a challenge that is as it should be', async () => {
    expect(await findings()).toEqual([]);
  });

  it.each<[string, string, string | RegExp, string, string[]]>([
    [
      'a misspelt property',
      GRADER,
      'value: {',
      'valeu: {',
      [`${GRADER}:23: checks.0.valeu: there is no such property here; did you mean value? (schema)`],
    ],
    [
      'a misspelt kind',
      GRADER,
      'kind: string-value',
      'kind: sting-value',
      [
        `${GRADER}:21: checks.0.kind: there is no kind named "sting-value"; did you mean string-value? (schema)`,
      ],
    ],
    [
      'a misspelt condition',
      GRADER,
      'increasedBy',
      'increasdBy',
      [
        `${GRADER}:23: checks.0.value.increasdBy: there is no such property here; did you mean increasedBy? (schema)`,
      ],
    ],
    [
      'a need of nothing',
      GRADER,
      'needs: [counted]',
      'needs: [conuted]',
      [
        `${GRADER}:32: needs conuted, which is no check that stands before this one; did you mean counted? (references)`,
      ],
    ],
    [
      'a circle of needs',
      GRADER,
      'kind: string-value',
      'kind: string-value\n    needs: [counted-again]',
      [
        `${GRADER}:22: needs counted-again, which is no check that stands before this one: it needs this one itself, a cycle (references)`,
      ],
    ],
    [
      'points that do not sum',
      GRADER,
      'points: 7',
      'points: 8',
      [`${GRADER}:3: points is 8, but the checks' points sum to 7 (references)`],
    ],
    [
      'a custom check without its code',
      GRADER,
      /kind: unchanged\n[\s\S]*?(?= {4}hints:)/,
      'kind: custom\n    function: quiet\n',
      [
        expect.stringMatching(
          /jukebox\.yaml:1: .*jukebox\.checks\.ts could not be loaded: .*\(custom-checks\)$/s,
        ),
      ],
    ],
    [
      'a check with one hint',
      GRADER,
      /\n.*What the server answers must reach.*/,
      '',
      [
        `${GRADER}:59: the check printed has one hint: give two steps at least, from a nudge to nearly the answer (hints)`,
      ],
    ],
    [
      'a whole command of a right submission in a last hint',
      GRADER,
      'A command whose name begins with INCR adds to a number.',
      'Run `INCR music:visitors`.',
      [`${GRADER}:26: hint 2 of counted tells the whole command INCR music:visitors (hint-tells-answer)`],
    ],
    [
      'a whole command that a check wants in an early hint',
      GRADER,
      'Two visitors come at the same moment.',
      'Look at INCRBY music:visitors.',
      [
        `${GRADER}:50: hint 1 of in-one-step tells the whole command INCRBY music:visitors (hint-tells-answer)`,
      ],
    ],
    [
      'instructions without a key',
      README,
      /music:visitors/g,
      'the counter',
      [
        `${GRADER}:18: the check counted demands the key music:visitors, and ${README} never says so (instructions-mention)`,
      ],
    ],
    [
      'instructions without an amount',
      README,
      /\bone\b/gi,
      'a',
      [`${GRADER}:18: the check counted demands 1 more, and ${README} never says so (instructions-mention)`],
    ],
    [
      'the solution in the instructions',
      README,
      '1. Count one more visitor.',
      '1. Count one more visitor: `INCR music:visitors`.',
      [`${README}:20: this is a command of a right submission: INCR music:visitors (solution-given-away)`],
    ],
    [
      'the solution in a comment of the starter',
      STARTER,
      '# 1.',
      '# INCR music:visitors\n# 1.',
      [`${STARTER}:5: this is a command of a right submission: INCR music:visitors (solution-given-away)`],
    ],
    [
      'a set-up command that the server lacks',
      GRADER,
      '- SET music:last_visitor leia',
      '- SETT music:last_visitor leia',
      [
        expect.stringMatching(
          /jukebox\.yaml:7: valkey \S+ refuses this set-up command: ERR unknown command 'SETT'.*\(commands\)$/,
        ),
      ],
    ],
    [
      'a set-up command that the server refuses',
      GRADER,
      '- SET music:last_visitor luke',
      '- LPUSH music:visitors luke',
      [
        expect.stringMatching(
          /jukebox\.yaml:14: valkey \S+ refuses this set-up command: WRONGTYPE .*\(commands\)$/,
        ),
      ],
    ],
    [
      'a check of commands that the server lacks',
      GRADER,
      /anyOf:\n.*\n.*\n/,
      "command: [INCRR]\n    args: ['music:visitors']\n",
      [
        expect.stringMatching(
          /jukebox\.yaml:42: the check in-one-step wants INCRR, which valkey \S+ does not know; did you mean INCR\? \(commands\)$/,
        ),
      ],
    ],
    [
      'a question that the server does not know',
      GRADER,
      /kind: unchanged\n[\s\S]*?(?= {4}hints:)/,
      'kind: answer\n    command: GEODISTT stars hoth endor\n    reply: 1\n',
      [
        expect.stringMatching(
          /jukebox\.yaml:\d+: the check \S+ asks the server "GEODISTT stars hoth endor", but valkey \S+ does not know GEODISTT; did you mean GEODIST\? \(commands\)$/,
        ),
      ],
    ],
    [
      'what the server of a challenge cannot be',
      GRADER,
      'setup:',
      "server: { config: { maxmemory-policy: lru, hash-max-listpack-value: 9 }, allow: ['commandlog|get', 'acl|dryrun'] }\nsetup:",
      [
        expect.stringMatching(
          /jukebox\.yaml:\d+: valkey \S+ refuses this setting: ERR CONFIG SET failed.*maxmemory-policy.*\(commands\)$/,
        ),
      ],
    ],
    [
      'a setting that no challenge may change',
      GRADER,
      'setup:',
      'server: { config: { dirr: /tmp } }\nsetup:',
      [
        expect.stringMatching(
          /jukebox\.yaml:\d+: dirr is no setting that a challenge may change.*\(references\)$/,
        ),
      ],
    ],
    [
      'a question that writes',
      GRADER,
      /kind: unchanged\n[\s\S]*?(?= {4}hints:)/,
      'kind: answer\n    command: INCR a\n    reply: 1\n',
      [expect.stringMatching(/asks the server "INCR a", but INCR writes \(commands\)$/)],
    ],
    [
      'a question that cannot be read',
      GRADER,
      /kind: unchanged\n[\s\S]*?(?= {4}hints:)/,
      'kind: answer\n    command: GET "a\n    reply: 1\n',
      [expect.stringMatching(/a command cannot be read: the " is never closed \(references\)$/)],
    ],
    [
      'a misspelt condition on a reply',
      GRADER,
      /kind: unchanged\n[\s\S]*?(?= {4}hints:)/,
      'kind: answer\n    command: GET a\n    reply: { feilds: { a: 1 } }\n',
      [
        expect.stringMatching(
          /checks\.\d\.reply\.feilds: there is no such property here; did you mean fields\? \(schema\)$/,
        ),
      ],
    ],
    [
      'something left to do',
      STARTER,
      '# 1.',
      '# TODO: the steps',
      [`${STARTER}:5: left to do: the steps Count one more visitor. (todo)`],
    ],
    [
      'a wrong submission that nobody expects',
      GOLDENS,
      'counted-twice.valkey',
      'counted-thrice.valkey',
      [
        `${GOLDENS}:1: nothing is said of fail/counted-twice.valkey; \`npx keyspace-grader verify --update\` adds it (fixtures)`,
        `${GOLDENS}:1: counted-thrice.valkey is not in fail/ (fixtures)`,
      ],
    ],
    [
      "another title than the grader's",
      README,
      '# a title for',
      '# Another title for',
      [`${README}:1: the title is to be the grader's: # a title for music/jukebox (facts)`],
    ],
    [
      'instructions that do not say how hard the challenge is',
      README,
      'easy',
      'simple',
      [expect.stringMatching(/README\.md:1: there is no line in the form \*Main challenge .*\(facts\)$/)],
    ],
    [
      'instructions that say another mission and other points',
      README,
      'mission "music": 7 points',
      'mission "art": 8 points',
      [
        `${README}:3: the mission is music, not art (facts)`,
        `${README}:3: the grader has 7 points, not 8 (facts)`,
      ],
    ],
    ['broken goldens', GOLDENS, '{', '', [expect.stringMatching(/expected\.json:1: not valid JSON: /)]],
  ])('finds %s', async (_, file, old, text, expected) => {
    await edit(file, old, text);
    expect(await findings()).toEqual(expected);
  });

  it('finds every mistake of one kind, not just the first', async () => {
    await edit(GRADER, 'points: 7', 'points: 8');
    await edit(GRADER, 'variant: another-day', 'variant: other-day');
    expect(await findings()).toEqual([
      expect.stringContaining('points is 8'),
      expect.stringContaining('there is no variant named other-day; did you mean another-day?'),
    ]);
  });

  it('finds a value in an early hint that only the last may tell, and not one that the title tells', async () => {
    await edit(GRADER, 'value: { increasedBy: 1 }', 'value: "4200"');
    await edit(GRADER, 'How many visitors were there before', 'There are 4200');
    await edit(README, 'is one higher than before', 'is `4200`');
    expect(await findings()).toEqual([
      expect.stringContaining('hint 1 of counted tells the value 4200; only the last hint may'),
    ]);
    await edit(GRADER, 'title: There is one visitor more', 'title: There are 4200 visitors');
    expect(await findings()).toEqual([]);
  });

  it('finds the beginning of a command in an early hint, and lets the last one tell it', async () => {
    await edit(
      GRADER,
      "INCRBYFLOAT], args: ['music:visitors']",
      "INCRBYFLOAT], args: ['music:visitors'], has: [1]",
    );
    await edit(GRADER, 'Reading and writing must be one step', 'Look at INCRBYFLOAT music:visitors');
    expect(await findings()).toEqual([]);
    await edit(GRADER, 'Two visitors come at the same moment.', 'Look at INCRBYFLOAT music:visitors.');
    expect(await findings()).toEqual([
      expect.stringContaining(
        'hint 1 of in-one-step tells the command INCRBYFLOAT music:visitors; only the last hint may (hint-tells-answer)',
      ),
    ]);
  });

  it.each([
    [README, 'the instructions are missing (files)'],
    [STARTER, 'the starter is missing'],
    [GOLDENS, 'the file is missing; `npx keyspace-grader verify --update` writes it (fixtures)'],
    [`fixtures/${ID}/pass/lua.valkey`, 'there are 2 right submissions; 3 are wanted at least (fixtures)'],
  ])('misses %s', async (file, message) => {
    await rm(join(root, file));
    expect(await findings()).toEqual([expect.stringContaining(message)]);
  });

  it('asks no older server for what a challenge needs a later one for', async () => {
    await edit(GRADER, '- SET music:last_visitor leia', '- SETT music:last_visitor leia');
    await edit(GRADER, 'points: 7', "minVersion: '99.0'\npoints: 7");
    expect(await findings()).toEqual([]);
  });

  it('takes set-up that is shown in the instructions for no solution', async () => {
    await edit(README, '## What to do', 'It ran `SET music:visitors 41`.\n\n## What to do');
    await writeFile(
      join(root, `fixtures/${ID}/pass/again.valkey`),
      'SET music:visitors 41\nINCR music:visitors\n',
    );
    expect(await findings()).toEqual([]);
  });

  describe('of the sentences of the instructions', () => {
    beforeEach(async () => {
      const [, ...rest] = (await readFile(join(root, README), 'utf8')).split(/^(?=## )/m);
      const kept = rest.filter((section) => !/^## What (?:to do|must hold)/.test(section));
      await writeFile(
        join(root, README),
        `${DRAFT}\n## What to do\n\n1. Count the visitor. How is up to you.\n\n${kept.join('')}`,
      );
    });

    it('names those that no check is said to hold, where it is asked to', async () => {
      const rule = /\(sentences\)$/;
      expect((await findings()).filter((text) => rule.test(text))).toEqual([]);
      expect((await findings(true)).filter((text) => rule.test(text))).toEqual([
        `${README}:7: no check is said to hold "Count the visitor." (sentences)`,
        `${README}:7: no check is said to hold "How is up to you." (sentences)`,
      ]);
    });

    it('holds `sentences` to the instructions and to the checks', async () => {
      await edit(
        GRADER,
        /^points: 7.*$/m,
        'points: 7\nsentences:\n  Count the `visitor`: [counted, printde]\n  Sing: counted',
      );
      const found = (await findings()).filter((text) => text.endsWith('(sentences)'));
      expect(found.slice(0, 3)).toEqual([
        `${README}:7: no check is said to hold "How is up to you." (sentences)`,
        `${GRADER}:5: there is no check "printde" (sentences)`,
        `${GRADER}:6: no sentence of what to do or what must hold in ${README} begins with "Sing" (sentences)`,
      ]);
      expect(found.slice(3)).toContainEqual(
        expect.stringMatching(/no sentence of the instructions asks for what the check printed looks at/),
      );
      await edit(GRADER, '[counted, printde]\n  Sing: counted', 'counted\n  How is: []');
      expect((await findings()).filter((text) => /How is|printde|Sing/.test(text))).toEqual([]);
    });
  });
});
