import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';

const CHALLENGE = 'sessions/cantina';
const NO_DOCKER = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
const folder = useCliFolder();

beforeEach(() => folder.write('solution.valkey', 'PING\n'));

/** An environment in which there is neither Docker nor Valkey nor a way to fetch it. */
async function bareEnvironment(): Promise<Record<string, string>> {
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  await symlink(process.execPath, join(bin, 'node'));
  return { ...NO_DOCKER, PATH: bin, XDG_CACHE_HOME: join(folder.path, 'cache') };
}

describe('infrastructure that cannot be had', () => {
  it('no Docker engine: exit code 3, one clear message, and a document', async () => {
    const { code, stdout, stderr } = await folder.run(
      ['grade', CHALLENGE, '--engine', 'docker', '--json', 'report.json'],
      { env: NO_DOCKER },
    );
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^keyspace-grader: No Docker engine answers/m);
    expect(stderr).toContain('--engine local');
    expect(stderr).not.toMatch(/^\s+at /m);
    const report: unknown = JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ status: 'error', score: null, maxScore: 20, checks: [] });
  });

  it.each([['auto'], ['local']])('no engine at all, with --engine %s: how to get one', async (engine) => {
    const env = await bareEnvironment();
    const { code, stdout, stderr } = await folder.run(
      ['grade', CHALLENGE, '--engine', engine, '--json', 'report.json'],
      { env },
    );
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^keyspace-grader: There is no valkey-server on this machine, and it cannot be fetched: .*no apt-get/m,
    );
    expect(stderr).toMatch(/\nInstall /);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await folder.names()).toEqual(['bin', 'report.json', 'solution.valkey']);
  });

  it('Windows itself: it is told where it works', async () => {
    // As the program sees it there, before its first line.
    const windows = "data:text/javascript,Object.defineProperty(process,'platform',{value:'win32'})";
    const { code, stderr } = await folder.run(['grade', CHALLENGE], {
      env: { ...NO_DOCKER, NODE_OPTIONS: `--import=${windows}` },
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^keyspace-grader: Servers and scripts can be started on Linux and macOS/);
    expect(stderr).toContain('WSL 2');
  });

  it('a sandbox without its engine', async () => {
    const alone = await folder.run(['grade', CHALLENGE, '--engine', 'local', '--sandbox', 'container']);
    expect(alone).toMatchObject({ code: 2, stdout: '' });
    expect(alone.stderr).toMatch(/^keyspace-grader: The container sandbox needs the docker engine/);
    const none = await folder.run(['grade', CHALLENGE, '--sandbox', 'container'], { env: NO_DOCKER });
    expect(none).toMatchObject({ code: 3, stdout: '' });
    expect(none.stderr).toMatch(/^keyspace-grader: No Docker engine answers/m);
  });
});

describe('DEBUG', () => {
  it('adds the stack trace, and changes nothing else', async () => {
    const args = ['grade', CHALLENGE, 'nowhere.sh'];
    const plain = await folder.run(args);
    const debug = await folder.run(args, { env: { DEBUG: '1' } });
    expect(debug.code).toBe(plain.code);
    expect(debug.stderr.startsWith(plain.stderr)).toBe(true);
    expect(debug.stderr).toMatch(/^\s+at /m);
  });
});
