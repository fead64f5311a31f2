import { exec } from 'tinyexec';
import { describe, expect, it } from 'vitest';
import { RUNTIME_IMAGE } from '../../recording/engine/image.ts';
import { useCliFolder } from '../cli.ts';
import { dockerForTests } from '../docker.ts';
import { expectFault, expectNothingLeft, readReport } from '../faults.ts';

const CHALLENGE = 'sessions/cantina';
const docker = await dockerForTests();
const folder = useCliFolder();

/** Nobody serves images at port 1. */
const UNREACHABLE = '127.0.0.1:1/valkey:8.1';

const grade = (...args: string[]) => folder.run(['grade', CHALLENGE, '--json', 'report.json', ...args]);

describe.skipIf(!docker)('an image that cannot be pulled', () => {
  it('ends a grading that asked for the docker engine', async () => {
    await folder.write('solution.valkey', 'PING\n');
    const result = await grade('--engine', 'docker', '--image', UNREACHABLE);
    await expectFault(
      result,
      folder,
      /The image 127\.0\.0\.1:1\/valkey:8\.1 is not there and could not be pulled/,
    );
    expect(result.stderr).toContain('--engine local');
    await expectNothingLeft(folder.temporary);
  });

  it('is told, and made up for by the local engine, where any engine will do', async () => {
    await folder.write('solution.valkey', 'PING\n');
    const { code, stderr } = await grade('--image', UNREACHABLE);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /Docker is there, but of no use here: The image 127\.0\.0\.1:1\/valkey:8\.1 is not there/,
    );
    expect(stderr).toContain('Grading with a local valkey-server instead.');
    expect(await readReport(folder)).toMatchObject({ status: 'failed', environment: { engine: 'local' } });
    await expectNothingLeft(folder.temporary);
  });

  it('ends a grading in the container sandbox: nothing weaker is taken', async () => {
    await folder.write('solution.valkey', 'PING\n');
    const result = await grade('--sandbox', 'container', '--image', UNREACHABLE);
    await expectFault(
      result,
      folder,
      /The image 127\.0\.0\.1:1\/valkey:8\.1 is not there and could not be pulled/,
    );
  });
});

describe('a container sandbox that cannot be had', () => {
  it.skipIf(!docker)('for want of its image: how to build one', async () => {
    await folder.write('solution.sh', 'true\n');
    const result = await grade('--sandbox', 'container', '--runtime-image', 'keyspace-grader/nothing:1');
    await expectFault(result, folder, /needs the image keyspace-grader\/nothing:1, which is not there/);
    expect(result.stderr).toContain('docker build -t keyspace-grader/nothing:1 -f runtime/Dockerfile .');
    await expectNothingLeft(folder.temporary);
  });

  it.skipIf(!docker)('for want of what runs TypeScript in its image', async () => {
    const image = 'keyspace-grader/without-tsx:1';
    const name = `without-tsx-${process.pid}`;
    const options = ['--name', name, '--user', '0', '--entrypoint', 'rm', RUNTIME_IMAGE];
    await exec('docker', ['run', ...options, '-rf', '/node_modules/tsx'], { throwOnError: true });
    try {
      await exec('docker', ['commit', name, image], { throwOnError: true });
      await folder.write('solution.ts', "throw new Error('not yet');\n");
      const result = await grade('--sandbox', 'container', '--runtime-image', image);
      await expectFault(result, folder, /The image keyspace-grader\/without-tsx:1 cannot run TypeScript/);
      await expectNothingLeft(folder.temporary);
    } finally {
      await exec('docker', ['rm', '--force', name]);
      await exec('docker', ['image', 'rm', '--force', image]);
    }
  });

  it('for want of Docker', async () => {
    await folder.write('solution.sh', 'true\n');
    const result = await folder.run(['grade', CHALLENGE, '--json', 'report.json', '--sandbox', 'container'], {
      env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
    });
    await expectFault(result, folder, /No Docker engine answers/);
    await expectNothingLeft(folder.temporary);
  });

  it('with the local engine: the call is wrong, and nothing is written', async () => {
    await folder.write('solution.sh', 'true\n');
    const { code, stdout, stderr } = await grade('--sandbox', 'container', '--engine', 'local');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^keyspace-grader: The container sandbox needs the docker engine/);
    expect(await folder.names()).toEqual(['solution.sh']);
  });
});
