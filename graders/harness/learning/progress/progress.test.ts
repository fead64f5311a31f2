import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder } from '../../base/scratch-folder.ts';
import { collectionAt } from '../../challenges/collection/collection.ts';
import { findScript } from '../../recording/submission/find.ts';
import { PROGRESS_NAME } from '../../recording/submission/progress-name.ts';
import { check, failed, report } from '../../testing/report.ts';
import { progressAt } from './progress.ts';
import { ProgressRecorder } from './recorder.ts';

const ID = 'music/song';
const OTHER = 'music/album';
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'progress-'));
});
afterEach(() => removeFolder(root));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** Grades as the commands do, with a verdict that is made up. */
async function grade(passes: boolean, { path = root, workingIn = root } = {}): Promise<string[]> {
  const told: string[] = [];
  const recorder = new ProgressRecorder(workingIn, (line) => told.push(line));
  await recorder.noteScript(await findScript(ID, path), { id: ID });
  const made = report({ checks: [check('a'), passes ? check('b') : failed('b', {})] });
  await recorder.save({ ...made, challenge: { ...made.challenge, id: ID } });
  return told;
}

const progress = async (folder = root) => {
  const found = await progressAt(folder, [OTHER, ID], collectionAt(join(root, 'none')));
  return found && { ...found.challenges.get(ID), problems: found.problems };
};
const SCRIPT = `challenges/${ID}/solution.sh`;
const FILE = `challenges/${ID}/${PROGRESS_NAME}`;

describe('how far a learner is', () => {
  it('is told of the nearest repository with challenges, and nowhere else', async () => {
    expect(await progress()).toBeUndefined();
    await put(`challenges/${OTHER}/README.md`, '');
    expect(await progress()).toMatchObject({ state: 'not started', score: null });
    expect((await progressAt(join(root, 'challenges/music'), [OTHER], collectionAt(root)))?.repository).toBe(
      root,
    );
  });

  it('goes from begun to solved, and claims nothing of what was changed since', async () => {
    await put(SCRIPT, 'valkey-cli PING\n');
    expect(await progress()).toMatchObject({ state: 'begun', score: null, changed: false });
    expect(await grade(false)).toEqual([]);
    expect(await progress()).toMatchObject({ state: 'begun', score: 1, changed: false });
    await put(SCRIPT, 'valkey-cli SET a 1\n');
    expect(await progress()).toMatchObject({ state: 'begun', changed: true, passed: false });
    await grade(true);
    expect(await progress()).toMatchObject({ state: 'solved', score: 2, changed: false });
    await put(SCRIPT, 'valkey-cli SET a 2\n');
    expect(await progress()).toMatchObject({ state: 'begun', changed: true, passed: true });
    await put(SCRIPT, 'valkey-cli SET a 1\n');
    expect(await progress()).toMatchObject({ state: 'solved' });
  });

  it('sees the files that a script may use, and no others', async () => {
    await put(SCRIPT, '. ./lib.sh\n');
    await put(`challenges/${ID}/lib.sh`, 'echo 1\n');
    await grade(true);
    await put(`challenges/${ID}/README.md`, 'Other words.\n');
    await put(`challenges/${ID}/hints.json`, '{}');
    await put(`challenges/${ID}/.solution.sh.swp`, '');
    expect(await progress()).toMatchObject({ state: 'solved' });
    await put(`challenges/${ID}/lib.sh`, 'echo 2\n');
    expect(await progress()).toMatchObject({ state: 'begun', changed: true });
  });

  it('is about the learner who works there: nothing is written beside a script of others, or elsewhere', async () => {
    await put(`leia/${SCRIPT}`, 'valkey-cli PING\n');
    await put('my.sh', 'valkey-cli PING\n');
    await put('solution.sh', 'valkey-cli PING\n');
    await grade(true, { path: join(root, 'leia') });
    await grade(true, { path: join(root, 'my.sh') });
    await grade(true, { path: join(root, 'solution.sh') });
    expect(await progress(join(root, 'leia'))).toMatchObject({ state: 'begun', score: null });
    await grade(true, { path: join(root, 'leia'), workingIn: join(root, 'leia/challenges') });
    expect(await progress(join(root, 'leia'))).toMatchObject({ state: 'solved' });
  });

  it('is not written again where nothing is new', async () => {
    await put(SCRIPT, 'valkey-cli PING\n');
    await grade(true);
    const spaced = (await readFile(join(root, FILE), 'utf8')).replace('{', '{ ');
    await put(FILE, spaced);
    await grade(true);
    expect(await readFile(join(root, FILE), 'utf8')).toBe(spaced);
  });

  it.each([
    ['no JSON', '{"version": 1,'],
    ['another version', '{"version": 2}'],
    [
      'a score that is none',
      '{"version":1,"challenge":"music/song","status":"passed","score":"2","maxScore":2,"solution":""}',
    ],
    ['too much', ' '.repeat(70_000)],
  ])('begins again where its file holds %s, with one sentence', async (_, text) => {
    await put(SCRIPT, 'valkey-cli PING\n');
    await put(FILE, text);
    const found = await progress();
    expect(found).toMatchObject({ state: 'begun', score: null });
    expect(found?.problems).toEqual([
      expect.stringMatching(/^.*\.keyspace-progress\.json cannot be used, .*: grade music\/song again.*\.$/),
    ]);
    await grade(true);
    expect(await progress()).toMatchObject({ state: 'solved', problems: [] });
  });

  it('follows no link, and says that it is not remembered', async () => {
    await put(SCRIPT, 'valkey-cli PING\n');
    await put('other.json', '{}');
    await symlink(join(root, 'other.json'), join(root, FILE));
    expect(await grade(true)).toEqual([
      expect.stringMatching(/^keyspace-grader: Your progress is not remembered: .*a link stands there/),
    ]);
    expect(await readFile(join(root, 'other.json'), 'utf8')).toBe('{}');
  });

  it('takes what was remembered of another challenge for nothing', async () => {
    await put(SCRIPT, 'valkey-cli PING\n');
    await grade(true);
    await put(`challenges/${OTHER}/solution.sh`, 'valkey-cli PING\n');
    await put(`challenges/${OTHER}/${PROGRESS_NAME}`, await readFile(join(root, FILE), 'utf8'));
    const found = await progressAt(root, [OTHER], collectionAt(join(root, 'none')));
    expect(found?.challenges.get(OTHER)).toMatchObject({ state: 'begun', score: null });
  });
});
