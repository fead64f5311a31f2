import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageOf, UsageError } from '../../base/errors.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { makeView } from '../../testing/evidence.ts';
import { type Collection, collectionAt } from '../collection/collection.ts';
import { listChallenges } from './list.ts';
import { loadGrader } from './load.ts';

let folder: string;
let collection: Collection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-test-'));
  collection = { ...collectionAt(folder), graders: folder };
  for (const name of ['harness', 'sessions', 'caching']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'harness', 'no-mission.yaml'), '');
  await writeFile(join(folder, 'grader.schema.json'), '{}');
});

afterAll(() => removeFolder(folder));

const CHECKS = `
  - { id: there, title: It is there, points: 1, hints: [a], kind: key-exists, key: session:han_solo }
  - { id: later, title: It is more, points: 0.5, hints: [a, b], kind: command-ran, command: GET, needs: [there] }
`;

async function write(id: string, text: string): Promise<string> {
  await writeFile(join(folder, `${id}.yaml`), text);
  return relative(process.cwd(), join(folder, `${id}.yaml`));
}

/** The message of the error that a grader with these parts ends with, without the file's name. */
async function messageFor({ points = 1.5, checks = CHECKS, rest = '' }): Promise<string> {
  const name = await write('sessions/broken', `title: a\npoints: ${points}\nchecks:${checks}${rest}`);
  const error: unknown = await loadGrader('sessions/broken', collection).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message.startsWith(`${name}:`)).toBe(true);
  return (error as Error).message.slice(name.length + 1);
}

describe('loadGrader', () => {
  it('makes a grader of the file', async () => {
    const rest = `setup: [SET a "b c"]\nvariants: [{ id: v, title: Another night, setup: [] }]\n`;
    await write('sessions/cantina', `title: Cantina\npoints: 1.5\nchecks:${CHECKS}${rest}`);
    const grader = await loadGrader('sessions/cantina', collection);
    expect(grader).toMatchObject({
      id: 'sessions/cantina',
      title: 'Cantina',
      points: 1.5,
      setup: ['SET a "b c"'],
      variants: [{ id: 'v', title: 'Another night', setup: [], exceptLanguages: [] }],
      checks: [
        { id: 'there', needs: [], variant: null, hints: ['a'], keys: ['session:han_solo'] },
        { id: 'later', needs: ['there'], points: 0.5, hints: ['a', 'b'], keys: [] },
      ],
    });
    const [there] = grader.checks;
    expect(there?.judge(makeView({ after: { 'session:han_solo': 'x' } }))).toEqual({ passed: true });
    expect(there?.judge(makeView())).toMatchObject({ passed: false });
  });

  it.each([
    [{ points: 2 }, "2:1: points is 2, but the checks' points sum to 1.5"],
    [{ checks: CHECKS.replace('id: later', 'id: there') }, '5:7: the id there is used twice'],
    [
      { checks: CHECKS.replace('needs: [there]', 'needs: [later]') },
      '5:98: needs later, which is no check that stands before',
    ],
    [{ checks: CHECKS.replace('needs: [there]', 'variant: night') }, '5:98: there is no variant named night'],
    [{ checks: CHECKS.replace('needs: [there]', 'alsoIn: [night]') }, 'there is no variant named night'],
    [{ rest: 'setup:\n  - PING\n  - SET a "b\n' }, '8:5: a command cannot be read: the " is never closed'],
    [
      { rest: 'variants:\n  - id: v\n    title: v\n    setup: [PING, "SET a \'b"]\n' },
      "9:19: a command cannot be read: the ' is never closed",
    ],
    [
      { rest: 'variants:\n  - { id: v, title: v, setup: [] }\n  - { id: v, title: w, setup: [] }\n' },
      '8:7: the id v is used twice',
    ],
  ])('tells what a schema cannot: %j', async (parts, message) => {
    expect(await messageFor(parts)).toContain(message);
  });

  it('takes a check for passed where all its conditions hold', async () => {
    const and = 'and: [{ kind: ttl, key: k, seconds: 60, tolerance: 1 }, { kind: atomic, keys: [n] }]';
    await write(
      'sessions/whole',
      `title: a\npoints: 1\nchecks:\n  - { id: a, title: b, points: 1, hints: [c], kind: key-exists, key: k, ${and} }\n`,
    );
    const [check] = (await loadGrader('sessions/whole', collection)).checks;
    expect(check?.keys).toEqual(['k', 'k', 'n']);
    expect(check?.rivals?.(makeView())).toEqual([]);
    expect(check?.judge(makeView())).toMatchObject({ actual: 'no such key' });
    expect(check?.judge(makeView({ after: { k: 'x' } }))).toMatchObject({
      actual: expect.stringMatching(/no TTL/),
    });
  });

  it.each([
    ['{ kind: ttl, key: k, seconds: 60, tolerance: 1, hints: [a] }', "hints is the whole check's"],
    ['{ kind: custom, function: f }', 'can be no part of a check'],
    ['{ kind: ttl, key: k }', 'seconds is missing'],
    ['{ kind: tttl, key: k }', 'did you mean ttl?'],
  ])('refuses the condition %s', async (condition, message) => {
    expect(
      await messageFor({ checks: CHECKS.replace('key: session', `and: [${condition}], key: session`) }),
    ).toContain(message);
  });

  it('sums points without the dust of binary fractions', async () => {
    const check = (id: string) =>
      `\n  - { id: ${id}, title: t, points: 0.1, hints: [a], kind: key-exists, key: k }`;
    await write('sessions/tenths', `title: a\npoints: 0.3\nchecks:${['a', 'b', 'c'].map(check).join('')}\n`);
    await expect(loadGrader('sessions/tenths', collection)).resolves.toMatchObject({ points: 0.3 });
  });

  it.each([
    'sessions/no-such',
    'no-such/cantina',
    'sessions',
    '../sessions/cantina',
    'sessions/../sessions/cantina',
    '',
  ])('names the challenges that there are in place of %j', async (challenge) => {
    const message = await loadGrader(challenge, collection).then(
      () => 'loaded',
      (error: unknown) => messageOf(error),
    );
    expect(message).toMatch(/^There is no (?:mission or )?challenge named "/);
    expect(message).toContain(`\nThe challenges of ${relative(process.cwd(), folder)} are:\n  sessions/`);
  });
});

describe('a custom check', () => {
  const custom = (name: string) =>
    `\n  - { id: c, title: t, points: 1, hints: [a], kind: custom, function: ${name} }\n`;

  it('is the function of that name in the file beside the grader', async () => {
    await write('sessions/custom', `title: a\npoints: 1\nchecks:${custom('empty')}`);
    await writeFile(
      join(folder, 'sessions/custom.checks.ts'),
      `export const checks: Record<string, unknown> = {
         empty: (run: { keysAfter: unknown[] }) => ({ passed: run.keysAfter.length === 0 }),
       };`,
    );
    const { checks } = await loadGrader('sessions/custom', collection);
    expect(checks[0]?.judge(makeView())).toEqual({ passed: true });
    expect(checks[0]?.judge(makeView({ after: { a: 'b' } }))).toEqual({ passed: false });
    for (const name of ['full', 'toString']) {
      await write('sessions/custom', `title: a\npoints: 1\nchecks:${custom(name)}`);
      await expect(loadGrader('sessions/custom', collection)).rejects.toThrow(
        `custom.yaml:4:61: the challenge's .checks.ts has no check named "${name}"`,
      );
    }
  });

  it.each([
    ['there is no such file', undefined],
    ['it exports something else', 'export const check = {};'],
    ['it cannot be read', 'export const checks = {'],
    ['it throws', "throw new Error('broken');"],
  ])('is an error of the caller where %s', async (_, source) => {
    const id = `sessions/faulty-${(source ?? '').length}`;
    await write(id, `title: a\npoints: 1\nchecks:${custom('a')}`);
    if (source !== undefined) await writeFile(join(folder, `${id}.checks.ts`), source);
    const attempt = loadGrader(id, collection);
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow(/\.checks\.ts could not be loaded: /);
  });
});

describe('listChallenges', () => {
  it('finds every grader, in order, and nothing else', async () => {
    await write('caching/bulk', '');
    const ids = await listChallenges(collection);
    expect(ids).toContain('sessions/cantina');
    expect(ids[0]).toBe('caching/bulk');
    expect(ids).toEqual([...ids].sort());
    expect(ids.every((id) => /^(?:caching|sessions)\/[a-z0-9-]+$/.test(id))).toBe(true);
  });
});
