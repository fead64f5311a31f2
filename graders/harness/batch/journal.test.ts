import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { record } from '../testing/batch.ts';
import { fillDisk, mountSmallDisk, obstacleToMounting, unmountSmallDisk } from '../testing/small-disk.ts';
import { Journal, readJournal } from './journal.ts';
import type { BatchRecord } from './record.ts';

let folder = '';
const path = () => join(folder, 'journal.jsonl');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(...records: BatchRecord[]): Promise<void> {
  const { journal } = await Journal.open(path());
  for (const one of records) await journal.append(one);
  await journal.close();
}

describe('a journal', () => {
  it('gives back what was written, in its order', async () => {
    expect(await readJournal(path())).toEqual([]);
    const records = [record('han'), record('leia'), record('luke', { attempts: 3 })];
    await write(...records);
    expect(await readJournal(path())).toEqual(records);
    const { journal, records: found } = await Journal.open(path());
    await journal.close();
    expect(found).toEqual(records);
  });

  it('has what was appended on the disk when that resolves', async () => {
    const { journal } = await Journal.open(path());
    for (const name of ['han', 'leia']) {
      await journal.append(record(name));
      expect((await readJournal(path())).at(-1)?.submission).toBe(name);
    }
    await journal.close();
  });

  it('keeps the order of what comes at the same time, and waits for it before it closes', async () => {
    const { journal } = await Journal.open(path());
    const names = Array.from({ length: 50 }, (_, index) => `s${index}`);
    const written = Promise.all(names.map((name) => journal.append(record(name))));
    await journal.close();
    await written;
    expect((await readJournal(path())).map(({ submission }) => submission)).toEqual(names);
  });

  it('counts the last record on the same thing, and tells challenges apart', async () => {
    await write(
      record('han', { attempts: 1 }),
      record('leia'),
      record('han', { challenge: 'queues/monitoring' }),
      record('han', { attempts: 2 }),
    );
    expect(
      (await readJournal(path())).map(({ submission, challenge, attempts }) => [
        submission,
        challenge,
        attempts,
      ]),
    ).toEqual([
      ['leia', 'sessions/cantina', 1],
      ['han', 'queues/monitoring', 1],
      ['han', 'sessions/cantina', 2],
    ]);
  });

  it('cut at any byte of its last line, loses that record alone, and goes on', async () => {
    await write(record('han'), record('leia é'));
    const whole = await readFile(path());
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (let length = lastLine; length < whole.length; length += 1) {
      await writeFile(path(), whole.subarray(0, length));
      await write(record('luke'));
      expect((await readJournal(path())).map(({ submission }) => submission)).toEqual(['han', 'luke']);
      expect((await readFile(path(), 'utf8')).split('\n').length).toBe(3);
    }
  });

  it.each([
    ['zeros', '\0\0\0\0'],
    ['half a line', '{"submission":"x","chal'],
    ['something else', '{"submission":"x"}'],
    ['null', 'null'],
  ])(
    'passes over a line that the machine going down left as %s, and loses none behind it',
    async (_, line) => {
      await write(record('han'));
      await writeFile(path(), `${await readFile(path(), 'utf8')}${line}\n`);
      await write(record('luke'));
      expect((await readJournal(path())).map(({ submission }) => submission)).toEqual(['han', 'luke']);
    },
  );

  it('says so where it cannot be opened', async () => {
    await expect(Journal.open(join(folder, 'nowhere', 'journal.jsonl'))).rejects.toThrow(
      /journal\.jsonl cannot be used: ENOENT.*\nNothing that was graded before is lost/,
    );
    await expect(readJournal(folder)).rejects.toThrow(/cannot be read: it is a folder/);
  });
});

const obstacle = await obstacleToMounting();

describe('a journal on a full disk', () => {
  beforeEach(async ({ skip }) => {
    if (obstacle !== null) skip(obstacle);
    await mountSmallDisk(folder);
  });
  afterEach(() => {
    if (obstacle === null) unmountSmallDisk(folder);
  });

  it('refuses what there is no room for, and goes on in the same run once there is', async () => {
    const { journal } = await Journal.open(path());
    await journal.append(record('han'));
    // Room for the beginning of the next one.
    await fillDisk(folder, 4096);
    const large = record('leia', { fingerprint: 'x'.repeat(16_384) });
    await expect(journal.append(large)).rejects.toThrow(/cannot be used: ENOSPC/);
    await rm(join(folder, 'filler'));
    await journal.append(record('luke'));
    await journal.close();
    expect((await readJournal(path())).map(({ submission }) => submission)).toEqual(['han', 'luke']);
    expect((await readFile(path(), 'utf8')).split('\n').length).toBe(3);
  });
});
