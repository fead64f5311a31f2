import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'fast-string-width';
import { afterEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { useCliFolder } from '../testing/cli.ts';
import { expectNothingLeft } from '../testing/faults.ts';
import { hasTerminals, TestTerminal } from '../testing/terminal.ts';

const folder = useCliFolder();
const ID = 'sessions/cantina';
const SCRIPT = `challenges/${ID}/solution.valkey`;
const WRONG = 'HSET session:han_solo username hsolo\nEXPIRE session:han_solo 360\n';

let terminal: TestTerminal | undefined;
afterEach(async () => {
  terminal?.signal('SIGTERM');
  await terminal?.end.catch(() => undefined);
  terminal = undefined;
});

function watchOnTerminal(args: readonly string[] = [ID], size: { columns?: number; rows?: number } = {}) {
  terminal = new TestTerminal(['watch', ...args, '--engine', 'local'], {
    cwd: folder.path,
    env: { TMPDIR: folder.temporary },
    ...size,
  });
  return terminal;
}

describe.skipIf(!hasTerminals)('watch on a terminal (which takes python3)', () => {
  it('grades on every save, however it is written', async () => {
    await folder.write(SCRIPT, WRONG);
    const screen = watchOnTerminal();
    await screen.sees(/5 of 20 points.*✗ Name, species/s);
    await folder.write(SCRIPT, 'SET session:han_solo 1\n');
    await screen.sees(/✗ The session is a hash/);
    // As editors do that must never lose a file.
    await folder.write(`challenges/${ID}/.solution.valkey.swp`, WRONG);
    await rename(join(folder.path, `challenges/${ID}/.solution.valkey.swp`), join(folder.path, SCRIPT));
    await screen.sees(/✗ Name, species/);
    await rm(join(folder.path, SCRIPT));
    await screen.sees(/not started: 0 of 20 points.*There is no script for sessions\/cantina/s);
    await folder.write(`challenges/${ID}/solution.sh`, 'valkey-cli SET session:han_solo 1\n');
    await screen.sees(/✗ The session is a hash/);
    await rm(join(folder.path, 'challenges'), { recursive: true });
    await screen.sees(/not started/);
    await mkdir(join(folder.path, 'challenges'));
    await folder.write(SCRIPT, WRONG);
    await screen.sees(/✗ Name, species/);
  });

  it('shows the next hint, the trace, the keyspace and other challenges', async () => {
    await folder.write(SCRIPT, WRONG);
    const screen = watchOnTerminal([ID], { rows: 60 });
    const first = await screen.sees(/hint 1\/3.*q quit/s);
    expect(first).not.toContain('hint 2/3');
    screen.send('h');
    await screen.sees(/hint 2\/3.*q quit/s);
    screen.send('t');
    await screen.sees(/What the server ran.*line 2 +EXPIRE session:han_solo 360/s);
    screen.send('k');
    await screen.sees(/session:han_solo {2}hash of 1 field, TTL 360 s.*username {2}"hsolo"/s);
    screen.send('k');
    await screen.sees(/✗ Name, species.*hint 2\/3/s);
    screen.send('n');
    await screen.sees(/sessions\/analytics.*not started/s);
    screen.send('p');
    await screen.sees(/sessions\/cantina.*hint 2\/3/s);
    screen.send('q');
    expect(await screen.end).toEqual({ code: 0, restored: true });
    expect(screen.afterwards()).toBe(`5 of 20 points, 11 checks of 16 to go  ${ID}\n`);
  });

  it('goes on to the next check that fails when one has no more hints', async () => {
    await folder.write(SCRIPT, WRONG);
    const screen = watchOnTerminal([ID], { rows: 60, columns: 60 });
    await screen.sees(/hint 1\/3.*q quit/s);
    screen.send('h');
    await screen.sees(/hint 2\/3.*q quit/s);
    screen.send('h');
    await screen.sees(/hint 3\/3.*q quit/s);
    screen.send('h');
    await screen.sees(/hint 2\/\d.*A hint on the next check that fails: “Han began with.*q quit/s);
    let seen = '';
    for (let key = 0; key < 40 && !seen.includes('All hints'); key += 1) {
      screen.send('h');
      seen = await screen.sees(/q quit/);
    }
    expect(seen).toContain('All hints of the checks that fail are shown.');
  });

  it('names its file, and what comes next where it is solved', async () => {
    await folder.write(SCRIPT, WRONG);
    const screen = watchOnTerminal();
    await screen.sees(/challenges\/sessions\/cantina\/solution\.valkey.*5 of 20 points/s);
    await folder.write(
      SCRIPT,
      await readFile(join(PROJECT_ROOT, `fixtures/${ID}/pass/workshop.valkey`), 'utf8'),
    );
    await screen.sees(/passed: 20 of 20.*Next: sessions\/analytics {2}Session analytics.*press n/s);
    screen.send('n');
    await screen.sees(/sessions\/analytics.*no script to grade.*not started/s);
    screen.send('p');
    await screen.sees(/Next: sessions\/analytics/);
    screen.send('q');
    await screen.end;
    expect(screen.afterwards()).toMatch(
      /^passed: 20 of 20 points {2}sessions\/cantina\n {2}Next: sessions\/analytics/,
    );
    expect((await folder.run(['list'])).stdout).toMatch(/✓ ● sessions\/cantina +20 of 20/);
  });

  it('fits the terminal, and scrolls', async () => {
    await folder.write(SCRIPT, WRONG);
    const screen = watchOnTerminal([ID], { columns: 40, rows: 12 });
    const narrow = await screen.sees(/↓ \d+ more/);
    expect(narrow).toContain('A session for the cantina');
    screen.send('\x1b[B');
    await screen.sees(/q/);
    for (const row of screen.rows()) expect(stringWidth(row), row).toBeLessThanOrEqual(40);
    screen.resize(100, 12);
    await screen.sees(/booth_7|↓ \d+ more/);
    screen.send('q');
    await screen.end;
  });

  it.each([
    ['q', 'q', 0],
    ['Ctrl-C', '\x03', 130],
  ])('%s leaves the terminal as it was, and nothing behind', async (_, key, code) => {
    await folder.write(SCRIPT, WRONG);
    const screen = watchOnTerminal();
    await screen.sees(/of 20 points/);
    screen.send(key);
    expect(await screen.end).toEqual({ code, restored: true });
    expect(screen.isBackFromScreen()).toBe(true);
    await expectNothingLeft(folder.temporary);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('so does %s', async (signal, code) => {
    await folder.write(SCRIPT, WRONG);
    const screen = watchOnTerminal();
    await screen.sees(/of 20 points/);
    screen.signal(signal);
    expect(await screen.end).toEqual({ code, restored: true });
    expect(screen.isBackFromScreen()).toBe(true);
    await expectNothingLeft(folder.temporary);
  });

  it('and so does a fault of ours', async () => {
    await folder.write('class/keyspace.config.yaml', '');
    await folder.run(['new', 'music/jukebox'], { cwd: 'class' });
    await folder.run(['new', 'music/organ'], { cwd: 'class' });
    await folder.write('solution.valkey', 'PING\n');
    const screen = watchOnTerminal(['music/jukebox', '--challenges', 'class']);
    await screen.sees(/of 7 points/);
    await folder.write('class/graders/music/organ.yaml', 'title: [\n');
    screen.send('n');
    expect(await screen.end).toEqual({ code: 2, restored: true });
    expect(screen.afterwards()).toMatch(/organ\.yaml:\d+:\d+: not valid YAML/);
  });
});

describe('watch without a terminal', () => {
  it('prints a report at once and on each change, until it is stopped', async () => {
    await folder.write(SCRIPT, WRONG);
    let stdout = '';
    const { code } = await folder.run(['watch', '--engine', 'local'], {
      started(child) {
        child.stdout?.on('data', (chunk: Buffer) => {
          const before = stdout;
          stdout += chunk;
          const isNew = (text: string) => stdout.includes(text) && !before.includes(text);
          if (isNew('5 of 20 points')) void folder.write(SCRIPT, 'SET session:han_solo 1\n');
          if (isNew('✗ The session is a hash')) child.kill('SIGTERM');
        });
      },
    });
    expect(code).toBe(143);
    expect(stdout).not.toContain('\x1b');
    await expectNothingLeft(folder.temporary);
  });

  it('refuses a challenge that it does not know before anything runs', async () => {
    const { code, stderr } = await folder.run(['watch', 'sessions/cantin', '--engine', 'local']);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no challenge named "sessions/cantin"');
  });
});
