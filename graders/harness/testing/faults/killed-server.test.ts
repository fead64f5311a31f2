import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../cli.ts';
import { dockerForTests } from '../docker.ts';
import { expectFault, expectNothingLeft } from '../faults.ts';
import { containersOf, eventually, processesIn, untilThere } from '../leftovers.ts';

const CHALLENGE = 'sessions/cantina';
const docker = await dockerForTests();
const folder = useCliFolder();

/** Goes on until the server is gone. */
const UNTIL_GONE = 'while valkey-cli PING >/dev/null 2>&1; do sleep 0.05; done\n';
/** Tells when it runs, and uses the server once that is gone. */
const PATIENT = `valkey-cli SET a b\n: > "$MARK"\n${UNTIL_GONE}valkey-cli SET a c\n`;

const grade = (...args: string[]) => ['grade', CHALLENGE, '--json', 'report.json', ...args];

/** Runs a grading, and does something to its server once the script runs. */
async function gradeWhile(args: readonly string[], harm: (grader: number) => Promise<void> | void) {
  const mark = join(folder.path, 'mark');
  await folder.write('solution.sh', PATIENT.replace('$MARK', mark));
  let grader = 0;
  let harmed: Promise<void> | undefined;
  const result = await folder.run(args, {
    started(child) {
      grader = child.pid ?? 0;
      harmed = untilThere(mark).then(() => harm(grader));
    },
  });
  await harmed;
  return { result, grader };
}

describe.skipIf(process.platform !== 'linux')('a valkey-server that is killed while the script runs', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)('by %s: no points are lost', async (signal) => {
    const { result } = await gradeWhile(grade('--engine', 'local'), async () => {
      const servers = await processesIn(folder.temporary);
      const server = servers.find(({ commandLine }) => /valkey-server.* --unixsocket /.test(commandLine));
      process.kill(server?.pid ?? 0, signal);
    });
    const end = signal === 'SIGKILL' ? /killed by SIGKILL/ : /exit code 0/;
    await expectFault(
      result,
      folder,
      /The grading server ended by itself \((killed by SIGKILL|exit code 0)\)/,
    );
    expect(result.stderr).toMatch(end);
    await expectNothingLeft(folder.temporary);
  });
});

describe.skipIf(!docker)('a server container that is taken away while the script runs', () => {
  it.each([
    [['kill'], /ended by itself \(exit code 137\)/],
    // It is killed first, and may be looked at before it is removed.
    [['rm', '--force'], /ended by itself \((?:its container was removed|exit code 137)\)/],
  ] as const)('by docker %s: no points are lost', async (command, message) => {
    const { result, grader } = await gradeWhile(grade('--engine', 'docker'), (owner) => {
      execFileSync('docker', [...command, ...containersOf(owner)]);
    });
    await expectFault(result, folder, message);
    await expectNothingLeft(folder.temporary, grader);
  });

  it('with the container sandbox', async () => {
    await folder.write('solution.sh', `${UNTIL_GONE}valkey-cli SET a b\n`);
    let grader = 0;
    const result = await folder.run(grade('--sandbox', 'container'), {
      started(child) {
        grader = child.pid ?? 0;
        // The script's container is the second, and shares the network of the first.
        void eventually(() => {
          const running = containersOf(grader);
          return running.length === 2 ? running : undefined;
        }).then((ids) => execFileSync('docker', ['kill', ...ids.filter(isServer)]));
      },
    });
    await expectFault(result, folder, /the grading server (had )?ended/i);
    await expectNothingLeft(folder.temporary, grader);
  });
});

function isServer(id: string): boolean {
  const format = '{{.HostConfig.NetworkMode}}';
  return execFileSync('docker', ['inspect', '--format', format, id]).toString().trim() === 'none';
}
