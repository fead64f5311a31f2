import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';
import { dockerForTests } from '../testing/docker.ts';
import { expectNothingLeft, readReport } from '../testing/faults.ts';

const docker = await dockerForTests();
const folder = useCliFolder();

/** A value of the largest size is let in by --maxmemory; four copies in one reply are too much for any limit. */
const BOMB = `SETRANGE a 536870911 x
EVAL "local s = server.call('GET', 'a') return {s, s, s, s}" 0
`;

describe('a server that dies of the memory that the script made it use', () => {
  it.skipIf(process.platform !== 'linux').for(['local', 'docker'])(
    'is the script’s failure, and the report names the cause (%s engine)',
    async (engine, { skip }) => {
      skip(engine === 'docker' && !docker, 'no Docker engine answers');
      await folder.write('solution.valkey', BOMB);
      let grader = 0;
      const { code, stdout, stderr } = await folder.run(
        ['grade', 'sessions/cantina', '--engine', engine, '--json', 'report.json'],
        {
          started(child) {
            grader = child.pid ?? 0;
          },
        },
      );
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      expect(stdout).toContain('Your script made the server use more memory than it is given');
      expect(await readReport(folder)).toMatchObject({ status: 'failed', score: 0, fault: null });
      await expectNothingLeft(folder.temporary, engine === 'docker' ? grader : undefined);
    },
  );
});
