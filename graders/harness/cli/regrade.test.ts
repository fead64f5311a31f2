import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ownerToken } from '../base/owner.ts';
import { layout } from '../batch/layout.ts';
import { at, comparableResults, occupy, readResults } from '../testing/batch.ts';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder('file');
const out = () => at(folder, 'out');
const ID = 'sounds/band';

const hints = 'hints: [Think again.]';
const SONG = `
  - id: song
    title: The song is there
    points: 2
    kind: string-value
    key: band:song
    value: Mad About Me
    ${hints}`;
const SINGER = `
  - id: singer
    title: The singer is there
    points: 1
    kind: key-exists
    key: band:singer
    ${hints}`;
const VARIANT = `
variants:
  - id: encore
    title: another evening
    setup: [SET band:encore 1]`;

/** Writes the grader as it is from now on. */
async function write(checks: string, points: number, variants = ''): Promise<void> {
  await folder.write(
    `graders/${ID}.yaml`,
    `title: The band\npoints: ${points}${variants}\nchecks:${checks}\n`,
  );
}

const batch = () =>
  folder.run([
    ...['batch', ID, '--challenges', '.', '--submissions', 'class', '--out', 'out', '--jobs', '2'],
    ...['--engine', 'local', '--sandbox', 'process'],
  ]);
const regrade = (...options: string[]) => folder.run(['regrade', 'out', '--challenges', '.', ...options]);

/** Every file of the batch, by its name. */
async function contents(): Promise<Record<string, string>> {
  const entries = await readdir(out(), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'base64')])),
  );
}

beforeAll(async () => {
  await write(SONG + SINGER, 3);
  await folder.write('class/figrin/solution.valkey', 'SET band:song "Mad About Me"\n');
  await folder.write('class/max/solution.valkey', 'SET band:singer Sy\n');
  await folder.write('class/sy/solution.valkey', 'SET band:song "Lapti Nek"\nSET band:singer Sy\n');
  await mkdir(at(folder, 'class', 'nobody'));
  expect((await batch()).code).toBe(0);
  await cp(out(), at(folder, 'graded'), { recursive: true });
});

// Each test finds the class as it was graded.
beforeEach(async () => {
  await write(SONG + SINGER, 3);
  await rm(out(), { recursive: true });
  await cp(at(folder, 'graded'), out(), { recursive: true });
});

const scores = async () =>
  Object.fromEntries(
    (await readResults(out())).rows.map(({ id, score, maxScore }) => [id, [score, maxScore]]),
  );

describe('regrade', () => {
  it('says nothing of anybody where the graders are as they were', async () => {
    const before = await contents();
    expect(await regrade()).toMatchObject({
      code: 0,
      stdout: '\n  4 submissions judged again: 0 gained, 0 lost, 4 with the points they had\n\n',
      stderr: '',
    });
    expect(await contents()).toEqual(before);
  });

  it('tells who gained, who lost, and why; and a later batch goes on with that', async () => {
    // Another song is right now, and the singer counts no more.
    await write(SONG.replace('Mad About Me', 'Lapti Nek'), 2);
    const dry = await contents();
    const told = await regrade('--dry-run');
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain('Nothing was changed: this was a dry run.');
    expect(await contents()).toEqual(dry);

    const { code, stdout } = await regrade();
    expect(code).toBe(0);
    expect(told.stdout).toBe(stdout.replace(/\n\n$/, '\n  Nothing was changed: this was a dry run.\n\n'));
    expect(stdout).toBe(`
  Gained
    sy  ${ID}  1 → 2
        song: failed before, passed now
        singer is no check any more

  Lost
    figrin  ${ID}  2 → 0
        song: passed before, failed now: "Mad About Me"
        singer is no check any more
    max  ${ID}  1 → 0
        singer is no check any more

  4 submissions judged again: 1 gained, 2 lost, 1 with the points they had

`);
    expect(await scores()).toEqual({ figrin: [0, 2], max: [0, 2], nobody: [0, 3], sy: [2, 2] });
    const regraded = await comparableResults(out());
    const { code: next, stderr } = await batch();
    expect([next, stderr]).toEqual([0, '4 submissions had been graded before.\n']);
    expect(await comparableResults(out())).toEqual(regraded);
    expect((await regrade()).stdout).toContain('0 gained, 0 lost, 4 with');
  });

  it('keeps reports that differ in their words alone', async () => {
    await write(SONG.replace('The song is there', 'The right song is there') + SINGER, 3);
    expect((await regrade()).stdout).toContain('0 gained, 0 lost, 4 with');
    await batch();
    const [figrin] = (await readResults(out())).rows;
    expect(JSON.stringify(figrin)).toContain('The right song is there');
  });

  it('cannot judge what was not recorded, and says so; the next batch records it', async () => {
    await write(`${SONG}\n    variant: encore${SINGER}`, 3, VARIANT);
    const { code, stdout } = await regrade();
    expect(code).toBe(3);
    expect(stdout).toContain('Cannot be judged any more: run the batch again, which grades these anew');
    expect(stdout).toContain(
      'song: passed before, error now: the evidence holds no run of the variant encore',
    );
    expect(stdout).toContain('0 gained, 0 lost, 3 cannot be judged any more, 1 with the points they had');
    expect((await scores()).figrin).toEqual([null, 3]);
    const next = await batch();
    expect([next.code, next.stderr]).toEqual([
      0,
      expect.stringContaining('1 submission had been graded before.'),
    ]);
    expect(await scores()).toMatchObject({ figrin: [2, 3], max: [1, 3], sy: [1, 3] });
    expect((await regrade()).code).toBe(0);
  });

  it('leaves as it was what has lost its evidence, and judges the others', async () => {
    await rm(join(out(), layout(out()).evidence(ID, 'max')));
    await writeFile(join(out(), layout(out()).evidence(ID, 'figrin')), 'broken');
    await write(SONG.replace('Mad About Me', 'Lapti Nek') + SINGER, 3);
    const { code, stdout } = await regrade();
    expect(code).toBe(3);
    expect(stdout).toContain('Could not be judged again, and stay as they were');
    expect(stdout).toMatch(
      /max {2}sounds\/band\n +The evidence .*max\.json\.gz cannot be read: there is no such file/,
    );
    expect(stdout).toContain('1 gained, 0 lost, 2 could not be judged again, 1 with the points they had');
    expect(await scores()).toMatchObject({ figrin: [2, 3], max: [1, 3], sy: [3, 3] });
  });

  it('refuses a folder that is in use, or holds no batch', async () => {
    await occupy(out(), ownerToken());
    expect((await regrade()).code).toBe(2);
    expect((await regrade('--dry-run')).code).toBe(0);
    const { code, stderr } = await folder.run(['regrade', 'class']);
    expect(code).toBe(2);
    expect(stderr).toContain('class holds no batch');
  });
});
