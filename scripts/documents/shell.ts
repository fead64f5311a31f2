import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

export interface ShellOptions {
  docker?: boolean;
  until?: RegExp | undefined;
}

export interface ShellResult {
  code: number | null;
  /** stdout and stderr, as they came. */
  output: string;
}

/** Where no Docker engine is. */
const NO_DOCKER = 'unix:///nonexistent/docker.sock';

/** Runs one command where the one before it left off, and writes down where it leaves off itself. */
const STEP = `
if [ -e "$2" ]; then . "$2"; fi
if [ "$3" ]; then export DOCKER_HOST="$3"; else unset DOCKER_HOST; fi
set -o pipefail
eval "$1"
code=$?
{ export -p; printf 'cd %q\\n' "$PWD"; } > "$2"
exit $code
`;

const LIMIT_MS = 120_000;

/** Signals a whole group of processes. */
function signal(group: number, name: 'SIGINT' | 'SIGKILL'): void {
  try {
    process.kill(-group, name);
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** A reader's terminal: the folder and the variables that a command leaves are those of the next one. */
export class ShellSession {
  readonly #folder: string;
  readonly #state: string;
  readonly #env: NodeJS.ProcessEnv;

  /** `scratch` is a folder for what it remembers between two commands. */
  constructor(folder: string, scratch: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#state = join(scratch, 'shell-state');
    this.#env = env;
  }

  /**
   * Runs a command to its end; where `until` is given, presses Ctrl-C once what was printed matches it. With
   * `docker` it reaches the machine's Docker engine.
   */
  run(command: string, { docker = false, until }: ShellOptions = {}): Promise<ShellResult> {
    const dockerHost = docker ? (this.#env.DOCKER_HOST ?? '') : NO_DOCKER;
    const cwd = existsSync(this.#folder) ? this.#folder : '/';
    const child = spawn('bash', ['-c', STEP, 'bash', command, this.#state, dockerHost], {
      cwd,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, as in a terminal: Ctrl-C reaches all of it.
      detached: true,
    });
    let output = '';
    let pressed = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (pressed || !until?.test(output) || child.pid === undefined) return;
        pressed = true;
        signal(child.pid, 'SIGINT');
      });
    }
    const limit = setTimeout(() => child.pid !== undefined && signal(child.pid, 'SIGKILL'), LIMIT_MS);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, ended) => {
        clearTimeout(limit);
        // As the next prompt would tell it.
        resolve({ code: ended ? 128 + constants.signals[ended] : code, output });
      });
    });
  }
}
