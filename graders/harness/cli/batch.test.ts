import { mkdir, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ownerToken } from '../base/owner.ts';
import { layout } from '../batch/layout.ts';
import { findLocalValkey } from '../recording/engine/local/find.ts';
import {
  at,
  batchCall,
  comparableResults,
  occupy,
  readRecords,
  readResults,
  studentName,
  writeClass,
} from '../testing/batch.ts';
import { type CliCall, type CliResult, useCliFolder } from '../testing/cli.ts';
import { expectNothingLeft } from '../testing/faults.ts';
import { eventually, processesIn } from '../testing/leftovers.ts';

const folder = useCliFolder();
const out = () => at(folder, 'out');
const batch = (options: readonly string[] = [], call?: CliCall) =>
  folder.run(batchCall('out', ...options), call);

/** Sends a signal when so many lines of progress were written; `drains` is called when the batch says that it does. */
function signalAfter(count: number, signal: NodeJS.Signals, drains: () => Promise<void>): CliCall {
  return {
    started(child) {
      let lines = 0;
      child.stderr?.on('data', (chunk: string) => {
        const before = lines;
        lines += [...chunk.matchAll(/^\d+\/\d+ /gm)].length;
        if (before < count && lines >= count) child.kill(signal);
        if (chunk.includes('once more to stop at once')) void drains();
      });
    },
  };
}

describe('batch', () => {
  it('grades a class, and tells what came of it', async () => {
    await writeClass(folder, 8);
    await mkdir(at(folder, 'class', 'nobody'));
    const { code, stdout, stderr } = await batch(['--jobs', '2']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      '  9 submissions, 1 challenge\n  0 passed, 8 not yet, 1 not started, 0 not graded\n',
    );
    expect(stderr.match(/^\d+\/9 \S+ sessions\/cantina (\d+\/20|0\/20) \d+ ms$/gm)?.length).toBe(9);
    const { rows } = await readResults(out());
    expect(rows.map(({ id }) => id)).toEqual([
      'nobody',
      ...Array.from({ length: 8 }, (_, i) => studentName(i)),
    ]);
    await expectNothingLeft(folder.temporary);
  });

  it('has the same results however many are graded at a time', async () => {
    await writeClass(folder, 9);
    const results: unknown[] = [];
    for (const jobs of ['1', '2', '4']) {
      expect((await folder.run(batchCall(`out-${jobs}`, '--jobs', jobs))).code).toBe(0);
      results.push(await comparableResults(at(folder, `out-${jobs}`)));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('run again, grades nothing anew, starts nothing, and says so', async () => {
    await writeClass(folder, 5);
    await batch();
    const before = await comparableResults(out());
    const { code, stdout, stderr } = await batch();
    expect(code).toBe(0);
    expect(stderr).toBe('5 submissions had been graded before.\n');
    expect(stdout).toContain('5 submissions, 1 challenge');
    expect(await comparableResults(out())).toEqual(before);
    expect([...(await readRecords(out())).times.values()]).toEqual([1, 1, 1, 1, 1]);
  });

  it.each([
    [['--retries', '11'], 'It must be a whole number from 0 to 10.'],
    [['--shard', '3/2'], 'It must be a part and how many there are, such as 2/5.'],
    [['--deadline', '2026-06-01T23:59'], 'It must be a time with its zone'],
  ])('refuses %j', async (options, message) => {
    const { code, stderr } = await batch(options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('refuses a folder that another process works on, or that holds another batch', async () => {
    await writeClass(folder, 1);
    await mkdir(out());
    await occupy(out(), ownerToken());
    expect(await batch()).toMatchObject({
      code: 2,
      stderr: `keyspace-grader: out is in use: the process ${process.pid} works on it. Wait for its end, or end it.\n`,
    });
    await rm(layout(out()).lock('results'), { recursive: true });
    expect((await batch()).code).toBe(0);
    const { code, stderr } = await batch(['--timeout', '5']);
    expect(code).toBe(2);
    expect(stderr).toContain('out holds a batch with another timeout.');
  });
});

describe('a signal during a batch', () => {
  async function writeClassOf(count: number, script: (index: number) => string): Promise<void> {
    for (let index = 0; index < count; index += 1)
      await folder.write(`class/${studentName(index)}/solution.sh`, script(index));
  }

  it('SIGINT: what is under way is kept, and it goes on from there', async () => {
    // All but the first two wait until the batch has said that it drains.
    const release = at(folder, 'release');
    await writeClassOf(8, (index) =>
      index < 2 ? 'true\n' : `until [ -e ${release} ]; do sleep 0.05; done\n`,
    );
    const call = signalAfter(2, 'SIGINT', () => writeFile(release, ''));
    const { code, stdout, stderr } = await batch(['--jobs', '2'], call);
    expect(code).toBe(130);
    expect(stderr).toContain('What is under way is finished; once more to stop at once.');
    expect(stdout).toContain('Not all of it is graded: run the same command again.');
    await expectNothingLeft(folder.temporary);
    const { records } = await readRecords(out());
    expect(records.length).toBe(4);
    expect(records.map(({ report }) => report.status)).toEqual(records.map(() => 'failed'));
    const cells = (await readResults(out())).rows.flatMap((row) => row.cells);
    expect(cells.filter(({ status }) => status === 'pending').length).toBe(8 - records.length);
    const next = await batch(['--jobs', '4']);
    expect(next.code).toBe(0);
    expect(next.stderr).toContain(`${records.length} submissions had been graded before.`);
    expect([...(await readRecords(out())).times.values()]).toEqual(Array(8).fill(1));
  });

  it.skipIf(process.platform !== 'linux')('SIGTERM: what never ends is ended soon', async () => {
    await writeClassOf(4, (index) => (index < 2 ? 'true\n' : 'sleep 1000\n'));
    const result = await batch(
      ['--jobs', '2', '--timeout', '600'],
      signalAfter(2, 'SIGTERM', async () => undefined),
    );
    expect(result).toMatchObject({ code: 143, signal: null, stdout: '' });
    expect(result.stderr).toContain('What is under way is finished, if it takes no more than 4 s;');
    await expectNothingLeft(folder.temporary);
    expect((await readRecords(out())).records.length).toBe(2);
  });

  it.skipIf(process.platform !== 'linux')(
    'a second one stops at once: nothing is left, and nobody is judged by it',
    async () => {
      await writeClassOf(4, () => 'sleep 1000\n');
      let signals = 0;
      const result = new Promise<CliResult>((resolve, reject) => {
        const call: CliCall = {
          started(child) {
            const scripts = async () =>
              (await processesIn(folder.temporary)).filter(({ commandLine }) =>
                /^sleep 1000/.test(commandLine),
              );
            void eventually(async () => ((await scripts()).length === 2 ? true : undefined)).then(() =>
              child.kill('SIGINT'),
            );
            child.stderr?.on('data', (chunk: string) => {
              if (!chunk.includes('once more to stop at once')) return;
              signals += 1;
              child.kill('SIGINT');
            });
          },
        };
        batch(['--jobs', '2', '--timeout', '600'], call).then(resolve, reject);
      });
      expect(await result).toMatchObject({ code: 130, signal: null, stdout: '' });
      expect(signals).toBe(1);
      await expectNothingLeft(folder.temporary);
      expect((await readRecords(out())).records).toEqual([]);
      expect(await folder.names()).toEqual(['class', 'out']);
    },
  );
});

describe('a server that does not always start', () => {
  /** A valkey-server that fails so many times, then is the real one. */
  async function failingServer(times: number): Promise<CliCall> {
    const { server } = await findLocalValkey(() => undefined);
    const failures = at(folder, 'failures');
    await mkdir(failures);
    const lines = [
      '#!/bin/sh',
      `for n in $(seq ${times}); do mkdir "${failures}/$n" 2>/dev/null && echo "no memory" && exit 1; done`,
      `exec "${server}" "$@"`,
    ];
    const bin = await folder.program('valkey-server', `${lines.join('\n')}\n`);
    return { env: { PATH: `${bin}:${process.env.PATH}` } };
  }

  it('is tried again, and nobody loses by it', async () => {
    await writeClass(folder, 6);
    const { code, stdout } = await batch(['--jobs', '1', '--retries', '4'], await failingServer(3));
    expect(code).toBe(0);
    expect(stdout).toContain('6 not yet, 0 not started, 0 not graded');
    expect([...(await readRecords(out())).times.values()]).toEqual(Array(6).fill(1));
  });

  it('is a fault of ours where it stays, which the next run makes good', async () => {
    await writeClass(folder, 4);
    const first = await batch(['--retries', '0'], await failingServer(1000));
    expect(first.code).toBe(3);
    expect(first.stdout).toContain('Nothing was graded: 4 not graded');
    expect((await readResults(out())).rows.map(({ score }) => score)).toEqual([null, null, null, null]);
    const { code, stdout } = await batch();
    expect(code).toBe(0);
    expect(stdout).toContain('4 not yet, 0 not started, 0 not graded');
  });

  it('with --fail-fast ends the batch, which goes on later', async () => {
    await writeClass(folder, 12);
    const options = ['--jobs', '1', '--retries', '0', '--fail-fast'];
    const { code, stdout } = await batch(options, await failingServer(1000));
    expect(code).toBe(3);
    expect(stdout).toContain('1 not graded');
    expect(stdout).toContain('Not all of it is graded: run the same command again.');
    expect((await batch(options)).code).toBe(0);
    const { records } = await readRecords(out());
    expect(records.map(({ report }) => report.status)).toEqual(Array(12).fill('failed'));
  });
});
