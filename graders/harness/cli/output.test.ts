import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CLI, useCliFolder } from '../testing/cli.ts';
import { makeEvidence } from '../testing/evidence.ts';

const CHALLENGE = 'sessions/cantina';
const folder = useCliFolder();
const at = (name: string) => join(folder.path, name);
beforeEach(async () => {
  // Whoever runs this leaves a trace.
  await folder.write('solution.sh', `touch ${at('it-ran')}\n`);
  await folder.write('evidence.json', JSON.stringify({ ...makeEvidence(), challenge: CHALLENGE }));
});

describe.each(['--json', '--evidence'])('grade %s', (option) => {
  const unusable: [string, string, () => Promise<unknown> | unknown, RegExp][] = [
    ['a folder', 'out', () => mkdir(at('out')), /out cannot be written: a folder stands there/],
    [
      'a link',
      'out',
      () => symlink('/etc/hostname', at('out')),
      /out cannot be written: a link stands there/,
    ],
    [
      'a FIFO',
      'out',
      () => execFileSync('mkfifo', [at('out')]),
      /out cannot be written: a FIFO stands there/,
    ],
    [
      'a device',
      '/dev/null',
      () => undefined,
      /\/dev\/null cannot be written: something that is not a plain file/,
    ],
    [
      'a missing folder',
      'missing/out',
      () => undefined,
      /missing\/out cannot be written: there is no folder missing/,
    ],
    ['a name that is none', 'out/', () => undefined, /"out\/" cannot be written: it names no file/],
    ['an empty name', '', () => undefined, /"" cannot be written: it names no file/],
  ];
  it.each(unusable)('refuses %s before anything runs', async (_, name, make, message) => {
    await make();
    const before = await folder.names();
    const { code, stdout, stderr } = await folder.run([
      'grade',
      CHALLENGE,
      '--engine',
      'local',
      option,
      name,
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await folder.names()).toEqual(before);
    expect(existsSync(at('it-ran'))).toBe(false);
  });

  // Nothing is read-only to root.
  it.skipIf(process.getuid?.() === 0)('refuses what is read-only before anything runs', async () => {
    await folder.write('out', 'kept', 0o400);
    const first = await folder.run(['grade', CHALLENGE, '--engine', 'local', option, 'out']);
    expect(first).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/out cannot be written: it is read-only/),
    });
    expect(await readFile(at('out'), 'utf8')).toBe('kept');

    await mkdir(at('locked'));
    await chmod(at('locked'), 0o500);
    const second = await folder.run(['grade', CHALLENGE, '--engine', 'local', option, 'locked/out']);
    expect(second).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/its folder is read-only/),
    });
    expect(existsSync(at('it-ran'))).toBe(false);
  });

  it('refuses to write over the script', async () => {
    const { code, stderr } = await folder.run([
      'grade',
      CHALLENGE,
      '--engine',
      'local',
      option,
      'solution.sh',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('solution.sh is the script itself');
    expect(existsSync(at('it-ran'))).toBe(false);
  });
});

describe('output files', () => {
  it('are two', async () => {
    const { code, stderr } = await folder.run([
      'grade',
      CHALLENGE,
      '--json',
      'x.json',
      '--evidence',
      './x.json',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('x.json is to hold two things');
  });

  it('may lie in a folder that is a link', async () => {
    await mkdir(at('real'));
    await symlink('real', at('linked'));
    await folder.run(['judge', CHALLENGE, 'evidence.json', '--json', 'linked/report.json']);
    expect(existsSync(at('real/report.json'))).toBe(true);
  });
});

describe('stdout', () => {
  /** Runs a line of shell in which $GRADER is the tool, and gives back what it ends with and complains of. */
  function shell(line: string): Promise<{ code: unknown; stdout: string; stderr: string }> {
    const env = { ...process.env, NODE: process.execPath, CLI, DEBUG: undefined, NO_COLOR: undefined };
    return new Promise((resolve) => {
      execFile('bash', ['-c', line], { cwd: folder.path, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  }
  const JUDGE = `"$NODE" "$CLI" judge ${CHALLENGE} evidence.json`;

  it.each([
    ['a report', JUDGE, 1],
    ['JSON', `${JUDGE} --json -`, 1],
    ['help', '"$NODE" "$CLI" --help', 0],
    ['the list', '"$NODE" "$CLI" list', 0],
  ])('may be closed early by whoever reads %s', async (_, command, code) => {
    expect(await shell(`${command} | head -c 1 >/dev/null; exit "\${PIPESTATUS[0]}"`)).toEqual({
      code,
      stdout: '',
      stderr: '',
    });
    expect(await shell(`${command} | true; exit "\${PIPESTATUS[0]}"`)).toEqual({
      code,
      stdout: '',
      stderr: '',
    });
  });

  it('may be closed early together with stderr', async () => {
    expect(await shell(`"$NODE" "$CLI" grade no/challenge 2>&1 | true; exit "\${PIPESTATUS[0]}"`)).toEqual({
      code: 2,
      stdout: '',
      stderr: '',
    });
    expect(await shell(`"$NODE" "$CLI" nonsense 2>&1 | true; exit "\${PIPESTATUS[0]}"`)).toEqual({
      code: 2,
      stdout: '',
      stderr: '',
    });
  });

  it.skipIf(!existsSync('/dev/full'))(
    'that is full is the caller’s trouble, told without a stack trace',
    async () => {
      const { code, stderr } = await shell(`${JUDGE} --json - >/dev/full`);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^keyspace-grader: stdout cannot be written: .*ENOSPC/);
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );

  // What `script` takes differs from system to system.
  it.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/script'))(
    'has colours on a terminal alone, and none for those who ask for none',
    async () => {
      const terminal = (command: string, env = '') =>
        shell(
          `TERM=xterm ${env} script -qec '${command.replaceAll('"$NODE" "$CLI"', `${process.execPath} ${CLI}`)}' /dev/null </dev/null`,
        );
      expect((await terminal(JUDGE)).stdout).toContain('\u001b[31m');
      expect((await terminal(`${JUDGE} --quiet`)).stdout).toContain('\u001b[33m');
      expect((await terminal('"$NODE" "$CLI" list')).stdout).toContain('\u001b[1m');
      expect((await terminal(`${JUDGE} --no-color`)).stdout).not.toContain('\u001b');
      expect((await terminal('"$NODE" "$CLI" list --no-color')).stdout).not.toContain('\u001b');
      expect((await terminal(JUDGE, 'NO_COLOR=1')).stdout).not.toContain('\u001b');
      expect((await terminal(JUDGE, 'TERM=dumb')).stdout).not.toContain('\u001b');
      expect((await terminal(`${JUDGE} --json -`)).stdout).not.toContain('\u001b');
    },
  );
});
