import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';

/** The command-line tool as users start it. */
export const CLI = join(PROJECT_ROOT, 'bin', 'keyspace-grader.js');

export interface CliResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface CliCall {
  /** The folder to run in, as seen from the test's own. */
  cwd?: string;
  /** Variables on top of the environment of the tests; undefined takes one away. */
  env?: Record<string, string | undefined>;
  /** What is piped into it; nothing where it is left out. */
  input?: string;
  /** Gets the process as soon as it runs. */
  started?(child: ChildProcess): void;
}

/** A folder of its own for a test, in which the command-line tool runs. */
export interface CliFolder {
  readonly path: string;
  /** The folder in which the tool makes its temporary folders. */
  readonly temporary: string;
  /** Writes a file, with the folders that it needs. */
  write(name: string, text: string, mode?: number): Promise<void>;
  /** Writes a program, and gives the folder that it lies in: outside of the test's own, of which none is started. */
  program(name: string, text: string): Promise<string>;
  /** The names of all that is in the folder. */
  names(): Promise<string[]>;
  run(args: readonly string[], call?: CliCall): Promise<CliResult>;
}

/** Gives each test of a file a folder of its own; or all of them one, so that what takes long is done once. */
export function useCliFolder(per: 'test' | 'file' = 'test'): CliFolder {
  let root = '';
  let path = '';
  let temporary = '';
  let programs = '';
  const [before, after] = per === 'test' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  before(async () => {
    // One folder for all: where scripts have a `/tmp` of their own, they see the one that their run is in, and no other.
    // Short names: a unix socket in it must have a path of at most 107 bytes.
    root = await mkdtemp(join(tmpdir(), 'c-'));
    [path, temporary, programs] = ['w', 't', 'bin'].map((name) => join(root, name)) as [
      string,
      string,
      string,
    ];
    await Promise.all([path, temporary, programs].map((folder) => mkdir(folder)));
  });
  after(() => rm(root, { recursive: true }));
  return {
    get path() {
      return path;
    },
    get temporary() {
      return temporary;
    },
    async write(name, text, mode = 0o644) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { mode });
    },
    async program(name, text) {
      await writeFile(join(programs, name), text, { mode: 0o755 });
      return programs;
    },
    async names() {
      return (await readdir(path)).sort();
    },
    run: (args, call) => runCli(args, join(path, call?.cwd ?? '.'), temporary, call),
  };
}

function runCli(
  args: readonly string[],
  cwd: string,
  temporary: string,
  { env, input, started }: CliCall = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { ...process.env, DEBUG: undefined, NO_COLOR: undefined, TMPDIR: temporary, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(input);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk;
    });
  }
  started?.(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...output }));
  });
}
