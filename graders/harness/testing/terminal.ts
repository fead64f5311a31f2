import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { PROJECT_ROOT } from '../base/project.ts';
import { which } from '../base/which.ts';
import { CLI } from './cli.ts';

const PTY = join(PROJECT_ROOT, 'graders/harness/testing/terminal.py');
/** Enters the screen beside the usual one; leaves it, with a cursor. */
const ENTERED = '\x1b[?1049h';
const LEFT = '\x1b[?25h\x1b[?1049l';
const PATIENCE_MS = 45_000;

/** True where tests can have a pseudo-terminal: that takes python3. */
export const hasTerminals = process.platform !== 'win32' && which('python3') !== undefined;

/** How the tool ended on its terminal. */
export interface TerminalEnd {
  /** Negative for a signal, as Python tells it. */
  code: number;
  /** True where the terminal's settings are those of before. */
  restored: boolean;
}

export interface TerminalOptions {
  cwd: string;
  columns?: number;
  rows?: number;
  env?: Record<string, string | undefined>;
}

/** The command-line tool on a pseudo-terminal. */
export class TestTerminal {
  /** All that was printed, control sequences and all. */
  output = '';
  readonly end: Promise<TerminalEnd>;
  readonly #child: ChildProcess;
  #seen = 0;

  constructor(args: readonly string[], { cwd, columns = 80, rows = 24, env }: TerminalOptions) {
    const command = [PTY, String(columns), String(rows), process.execPath, CLI, ...args];
    const child = spawn('python3', command, {
      cwd,
      env: { ...process.env, DEBUG: undefined, NO_COLOR: undefined, TERM: 'xterm', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.output += chunk;
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      told += chunk;
    });
    this.end = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => {
        const line = told.trim().split('\n').at(-1) ?? '';
        if (line.startsWith('{')) resolve(JSON.parse(line) as TerminalEnd);
        else reject(new Error(`no end was told: ${told}`));
      });
    });
  }

  /** Waits until what was printed since the last look, without control sequences, matches. */
  async sees(pattern: RegExp): Promise<string> {
    const limit = Date.now() + PATIENCE_MS;
    for (;;) {
      const text = stripVTControlCharacters(this.output.slice(this.#seen));
      if (pattern.test(text)) {
        this.#seen = this.output.length;
        return text;
      }
      if (Date.now() > limit) throw new Error(`${pattern} was not seen, but: ${text}`);
      await sleep(5);
    }
  }

  /** What was printed after the usual screen was shown again, without control sequences. */
  afterwards(): string {
    return stripVTControlCharacters(
      this.output.slice(this.output.lastIndexOf(LEFT) + LEFT.length),
    ).replaceAll('\r\n', '\n');
  }

  /** True where the usual screen is shown, with a cursor. */
  isBackFromScreen(): boolean {
    return this.output.lastIndexOf(LEFT) > this.output.lastIndexOf(ENTERED);
  }

  /** All rows that were drawn so far on the screen beside the usual one. */
  rows(): string[] {
    const drawn = this.output.slice(0, this.output.lastIndexOf(LEFT) + 1 || undefined);
    return drawn.split('\x1b[2K').slice(1).map(stripVTControlCharacters);
  }

  send(keys: string): void {
    this.#order({ send: keys });
  }

  resize(columns: number, rows: number): void {
    this.#order({ resize: [columns, rows] });
  }

  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'SIGKILL'): void {
    this.#order({ signal: constants.signals[name] });
  }

  /** Closes the terminal, as one closes its window: the program gets SIGHUP, and nothing that it writes arrives. */
  close(): void {
    this.#order({ close: true });
  }

  #order(order: object): void {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
  }
}
