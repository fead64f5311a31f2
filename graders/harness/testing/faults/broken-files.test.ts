import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useCliFolder } from '../cli.ts';

// Whatever stands in the place of a file that is read: it works without it, or one message names the file and the exit
// code is 2. Never a stack trace, never the exit code of something that was graded, and never an endless wait.

const LOCAL = ['--engine', 'local'];
const GRADE = ['grade', 'music/jukebox', 'solution.valkey', '--challenges', '.', '-q', '--fail-on', 'error'];
const OWN = ['--challenges', '.'];
const folder = useCliFolder('file');
const at = (name: string) => join(folder.path, name);

/** How a file is broken: what is put in its place. */
const BREAKAGES: Readonly<Record<string, (path: string) => Promise<unknown> | unknown>> = {
  empty: (path) => writeFile(path, ''),
  null: (path) => writeFile(path, 'null'),
  'a list': (path) => writeFile(path, '[]'),
  'a folder': (path) => mkdir(path),
  'no rights': async (path) => {
    await writeFile(path, '{}');
    await chmod(path, 0);
  },
  '100 MB': async (path) => {
    await writeFile(path, '');
    await truncate(path, 100 * 1024 * 1024);
  },
  bytes: (path) => writeFile(path, randomBytes(5000)),
  'a link to nothing': (path) => symlink('/nonexistent/file', path),
  'a FIFO': (path) => execFileSync('mkfifo', [path]),
};

/** The command that reads a file, the variables under which it does, and what is the machine's fault (exit code 3). */
interface FileCase {
  args: string[];
  env?: () => Record<string, string | undefined>;
  but?: string[];
}

/** Every file that a user or another program writes, and that is read. */
const FILES: Readonly<Record<string, FileCase>> = {
  'checks/music/jukebox.yaml': { args: [...GRADE, ...LOCAL] },
  'challenges/missions.yaml': { args: ['list', ...OWN] },
  'challenges/music/jukebox/README.md': { args: ['list', ...OWN] },
  'solution.valkey': { args: [...GRADE, ...LOCAL] },
  '.keyspace-progress.json': { args: ['list', ...OWN] },
  'hints.json': { args: [...GRADE, ...LOCAL] },
  'package.json': { args: [...GRADE, ...LOCAL] },
  'evidence.json': { args: ['judge', 'music/jukebox', 'evidence.json', ...OWN, '-q', '--fail-on', 'error'] },
  'class.csv': { args: batch('--submissions', 'class', '--roster', 'class.csv') },
  'clones.txt': { args: batch('--clone', 'clones.txt') },
  'out/batch.json': { args: ['regrade', 'out', ...OWN] },
  'out/journal.jsonl': { args: ['regrade', 'out', ...OWN], but: ['a link to nothing', 'no rights'] },
  'home/.docker/config.json': { args: GRADE, env: atHome },
  'home/.testcontainers.properties': { args: GRADE, env: atHome },
};

function batch(...options: string[]): string[] {
  return ['batch', 'music/jukebox', ...options, ...OWN, ...LOCAL, '--sandbox', 'process', '--out', 'new'];
}

/** With the settings of Docker in a home of ours, and what was fetched where it is. */
function atHome(): Record<string, string | undefined> {
  const cache = process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? '', '.cache');
  return { HOME: at('home'), XDG_CACHE_HOME: cache, DOCKER_HOST: undefined, DOCKER_CONFIG: undefined };
}

beforeAll(async () => {
  await folder.write('keyspace.config.yaml', 'graders: checks\n');
  await folder.write('solution.valkey', 'INCR music:visitors\n');
  await folder.write('class/ada/solution.valkey', 'INCR music:visitors\n');
  await folder.run(['new', 'music/jukebox']);
  const graded = await folder.run([...GRADE, ...LOCAL, '--evidence', 'evidence.json']);
  expect(graded).toMatchObject({ code: 0 });
  const batched = await folder.run([...batch('--submissions', 'class').slice(0, -1), 'out']);
  expect(batched).toMatchObject({ code: 0 });
});

describe.each(Object.entries(FILES))('%s', (name, { args, env, but = [] }) => {
  it.each(Object.entries(BREAKAGES))('%s', async (kind, breakIt) => {
    const path = at(name);
    const kept = `${path}.kept`;
    await mkdir(dirname(path), { recursive: true });
    const wasThere = await rename(path, kept).then(
      () => true,
      () => false,
    );
    try {
      await breakIt(path);
      const { code, signal, stdout, stderr } = await folder.run(args, {
        ...(env && { env: env() }),
        // What still runs then waits for what never comes.
        started: (child) => setTimeout(() => child.kill('SIGKILL'), 120_000).unref(),
      });
      const shown = { name, kind, code, signal, stdout, stderr };
      expect(but.includes(kind) ? [0, 2, 3] : [0, 2], JSON.stringify(shown)).toContain(code);
      expect(stderr).not.toMatch(/^\s+at |a fault of the grader/m);
      if (code === 2) expect(stderr).toContain(basename(name, '.yaml'));
    } finally {
      await rm(path, { recursive: true, force: true });
      await rm(at('new'), { recursive: true, force: true });
      if (wasThere) await rename(kept, path);
    }
  });
});
