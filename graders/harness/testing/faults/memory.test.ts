import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../cli.ts';
import { dockerForTests } from '../docker.ts';
import { expectNothingLeft, readReport } from '../faults.ts';

const docker = await dockerForTests();
const folder = useCliFolder();

/** A value of the largest size is let in by --maxmemory; four copies in one reply are too much for any limit. */
const BOMB = `SETRANGE a 536870911 x
EVAL "local s = server.call('GET', 'a') return {s, s, s, s}" 0
`;

/** The same, from a script that ends with an error, which names what runs TypeScript. */
const BOMB_IN_TYPESCRIPT = `import Redis from 'iovalkey';
const client = new Redis(process.env.VALKEY_URL as string, { retryStrategy: () => null });
await client.setrange('a', 536870911, 'x');
await client.eval("local s = server.call('GET', 'a') return {s, s, s, s}", 0).catch((error) => {
  throw new Error('not by tsx: ' + error);
});
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

  it.skipIf(!docker)('is the failure of a TypeScript script in a container, too', async () => {
    await folder.write('solution.ts', BOMB_IN_TYPESCRIPT);
    const { code, stdout } = await folder.run([
      ...['grade', 'sessions/cantina', '--sandbox', 'container', '--json', 'report.json'],
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('Your script made the server use more memory than it is given');
    expect(await readReport(folder)).toMatchObject({ status: 'failed', score: 0, fault: null });
  });
});
