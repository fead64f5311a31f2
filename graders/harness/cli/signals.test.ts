import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OWNER_LABEL } from '../engine/docker/owner-label.ts';
import { useCliFolder } from '../testing/cli.ts';
import { dockerForTests } from '../testing/docker.ts';

const CHALLENGE = 'sessions/cantina';
const docker = await dockerForTests();
const folder = useCliFolder();

/** A script that says when it runs, and goes on for ever, with a child that left its process group. */
const ENDLESS = `
valkey-cli SET a b >/dev/null
setsid sleep 1000 &
sleep 0.2
touch "$MARK"
sleep 1000
`;

/** The processes that work in the tool's temporary folder or have its path in their environment. */
async function processesLeft(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(join('/proc', pid, 'cwd')).catch(() => '');
      const environment = await readFile(join('/proc', pid, 'environ'), 'latin1').catch(() => '');
      const path = join(folder.temporary, 'keyspace-grader.');
      return cwd.startsWith(path) || environment.includes(path)
        ? [await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')]
        : [];
    }),
  );
  return found.flat();
}

function containersOf(pid: number): string[] {
  const format = `{{.ID}} {{.Label "${OWNER_LABEL}"}}`;
  return execFileSync('docker', ['ps', '--all', '--filter', `label=${OWNER_LABEL}`, '--format', format])
    .toString()
    .split('\n')
    .filter((line) => line.split('.')[2] === String(pid));
}

async function untilThere(path: string): Promise<void> {
  for (let wait = 0; !existsSync(path); wait += 1) {
    if (wait > 300) throw new Error(`${path} never came`);
    await sleep(50);
  }
}

describe.each(['local', 'docker'])('a signal during a grading with the %s engine', (engine) => {
  it.skipIf(process.platform !== 'linux' || (engine === 'docker' && !docker)).each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends it with exit code %i, and nothing is left', async (signal, code) => {
    const mark = join(folder.path, 'mark');
    await folder.write('solution.sh', ENDLESS.replace('$MARK', mark));
    let pid = 0;
    const result = await folder.run(
      ['grade', CHALLENGE, '--engine', engine, '--json', 'report.json', '--evidence', 'evidence.json'],
      {
        started(child) {
          pid = child.pid ?? 0;
          void untilThere(mark).then(() => child.kill(signal));
        },
      },
    );
    expect(result).toEqual({ code, signal: null, stdout: '', stderr: '' });
    expect(await folder.names()).toEqual(['mark', 'solution.sh']);
    expect(await readdir(folder.temporary)).toEqual([]);
    expect(await processesLeft()).toEqual([]);
    if (engine === 'docker') expect(containersOf(pid)).toEqual([]);
  });
});

describe('what a killed grading left', () => {
  it.skipIf(process.platform !== 'linux')('is swept by the next one', async () => {
    const mark = join(folder.path, 'mark');
    await folder.write('solution.sh', ENDLESS.replace('$MARK', mark));
    await folder.run(['grade', CHALLENGE, '--engine', 'local'], {
      started: (child) => void untilThere(mark).then(() => child.kill('SIGKILL')),
    });
    expect((await processesLeft()).length).toBeGreaterThan(0);
    await folder.write('solution.sh', 'true\n');
    expect((await folder.run(['grade', CHALLENGE, '--engine', 'local', '--quiet'])).code).toBe(1);
    expect(await readdir(folder.temporary)).toEqual([]);
    expect(await processesLeft()).toEqual([]);
  });
});
