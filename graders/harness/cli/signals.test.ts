import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';
import { dockerForTests } from '../testing/docker.ts';
import { expectNothingLeft } from '../testing/faults.ts';
import { processesIn, untilThere } from '../testing/leftovers.ts';

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
    await expectNothingLeft(folder.temporary, engine === 'docker' ? pid : undefined);
  });
});

describe('what a killed grading left', () => {
  it.skipIf(process.platform !== 'linux')('is swept by the next one', async () => {
    const mark = join(folder.path, 'mark');
    await folder.write('solution.sh', ENDLESS.replace('$MARK', mark));
    await folder.run(['grade', CHALLENGE, '--engine', 'local'], {
      started: (child) => void untilThere(mark).then(() => child.kill('SIGKILL')),
    });
    expect((await processesIn(folder.temporary)).length).toBeGreaterThan(0);
    await folder.write('solution.sh', 'true\n');
    expect((await folder.run(['grade', CHALLENGE, '--engine', 'local', '--quiet'])).code).toBe(1);
    await expectNothingLeft(folder.temporary);
  });
});
