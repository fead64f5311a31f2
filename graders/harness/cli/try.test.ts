import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { installedClient } from '../grading/testbed.ts';
import { findLocalValkey } from '../recording/engine/local/find.ts';
import { useCliFolder } from '../testing/cli.ts';
import { expectNothingLeft } from '../testing/faults.ts';
import { hasTerminals, TestTerminal } from '../testing/terminal.ts';

const folder = useCliFolder();
const LOCAL = ['--engine', 'local'];

/** What is typed into the tool, through a pipe. */
function type(args: readonly string[], text: string) {
  return folder.run(['try', ...args, ...LOCAL], { input: text });
}

describe('try --explain', () => {
  it('tells after each command which checks it changes', async () => {
    const typed = [
      'HSET session:han_solo username hsolo',
      'EXPIRE session:han_solo 360',
      'HGET session:han_solo username',
      'SET other 1',
      'PING',
      'CONFIG GET maxmemory',
      'GET "x',
      'quit',
      'PING',
    ];
    const { code, stdout, stderr } = await type(['sessions/cantina', '--explain'], `${typed.join('\n')}\n`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [greeting, ...answers] = stdout.split(/^valkey> /m);
    expect(greeting).toMatch(
      /A session for the cantina {2}sessions\/cantina\n {2}valkey \d\S+ with an empty/,
    );
    expect(answers).toHaveLength(typed.length - 1);
    expect(answers[0]).toMatch(
      /\(integer\) 1\n {2}✓ The session is kept under session:han_solo +1\/1\n {2}✓ The session is a hash/,
    );
    expect(answers[1]).toMatch(
      /✗ The session expires after an hour +0\/3\n {4}now found: a TTL of about 360 s\n/,
    );
    expect(answers[3]).toMatch(
      /OK\n {2}✗ No other key is left behind +0\/1\n {4}now found: 1 more key: "other"\n/,
    );
    expect(answers[4]).toBe('PING\nPONG\n  changes no check\n');
    expect(answers[5]).toContain('(error) NOPERM');
    expect(answers[6]).toBe('GET "x\nInvalid argument(s): the " is never closed\n');
    await expectNothingLeft(folder.temporary);
  });

  it('judges what was typed as it judges a command file', async () => {
    const right = await readFile(
      join(PROJECT_ROOT, 'fixtures/sessions/cantina/pass/workshop.valkey'),
      'utf8',
    );
    const { stdout } = await type(['sessions/cantina', '--explain'], `${right}\nchecks\n`);
    expect(stdout).toMatch(/\n {2}16 of 16 checks, 20 of 20 points\n$/);
  });

  it('says which checks only grading tells, and goes on after a closed connection', async () => {
    const { code, stdout } = await type(
      ['sessions/analytics', '--explain'],
      'RESET\nMULTI\nSUBSCRIBE a b\nDISCARD\nDBSIZE\n',
    );
    expect(code).toBe(0);
    expect(stdout).toContain("with the challenge's data");
    expect(stdout).toMatch(/\d checks are judged on other data: only grading tells\./);
    expect(stdout).toMatch(/valkey> DBSIZE\n\(integer\) \d/);
  });
});

describe('try', () => {
  it('has the set-up of the challenge, and the rights of a script', async () => {
    const { code, stdout, stderr } = await type(
      ['sessions/analytics'],
      'EXISTS session:han_solo\nCONFIG GET maxmemory\n',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/1\n.*NOPERM/s);
    await expectNothingLeft(folder.temporary);
  });

  it('has a client of its own where there is none', async () => {
    const { server } = await findLocalValkey(() => undefined);
    const bin = await folder.program('valkey-server', `#!/bin/sh\nexec '${server}' "$@"\n`);
    const env = {
      PATH: `${bin}:/usr/bin:/bin`,
      XDG_CACHE_HOME: join(folder.path, 'none'),
    };
    const { stdout, code, stderr } = await folder.run(['try', 'sessions/analytics', ...LOCAL], {
      input: 'EXISTS session:han_solo\nEXISTS nothing\n',
      env,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/1\n(?:.*\n)?.*0\n$/);
  });

  it('refuses a challenge that it does not know', async () => {
    const { code, stderr } = await folder.run(['try', 'sessions/cantin', ...LOCAL]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no challenge named "sessions/cantin"');
  });
});

describe.skipIf(!hasTerminals)('try on a terminal (which takes python3)', () => {
  let terminal: TestTerminal | undefined;
  afterEach(async () => {
    terminal?.signal('SIGTERM');
    await terminal?.end.catch(() => undefined);
    terminal = undefined;
  });
  const open = (...args: string[]) => {
    terminal = new TestTerminal(['try', 'sessions/analytics', ...args, ...LOCAL], {
      cwd: folder.path,
      env: { TMPDIR: folder.temporary, VALKEYCLI_HISTFILE: '/dev/null' },
    });
    return terminal;
  };

  it.skipIf(!installedClient())('hands it over to the real valkey-cli, and has it back', async () => {
    const screen = open();
    await screen.sees(/127\.0\.0\.1:\d+> /);
    screen.send('EXISTS session:han_solo\r');
    await screen.sees(/\(integer\) 1/);
    screen.send('\x04');
    expect(await screen.end).toEqual({ code: 0, restored: true });
    await expectNothingLeft(folder.temporary);
  });

  it.skipIf(!installedClient()).each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves it as it was at %s, while valkey-cli has it', async (signal, code) => {
    const screen = open();
    await screen.sees(/127\.0\.0\.1:\d+> /);
    screen.signal(signal);
    expect(await screen.end).toEqual({ code, restored: true });
    await expectNothingLeft(folder.temporary);
  });

  it.each([
    ['Ctrl-D', '\x04', 0],
    ['quit', 'quit\r', 0],
    ['Ctrl-C', '\x03', 130],
    ['Ctrl-C while a command waits', 'BLPOP nothing 0\r\x03', 130],
  ])('leaves it as it was at %s, with --explain', async (_, keys, code) => {
    const screen = open('--explain');
    await screen.sees(/valkey> $/);
    screen.send(keys);
    expect(await screen.end).toEqual({ code, restored: true });
    await expectNothingLeft(folder.temporary);
  });

  it('leaves it as it was at SIGTERM, with --explain', async () => {
    const screen = open('--explain');
    await screen.sees(/valkey> $/);
    screen.signal('SIGTERM');
    expect(await screen.end).toEqual({ code: 143, restored: true });
    await expectNothingLeft(folder.temporary);
  });
});
