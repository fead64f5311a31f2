import { writeSync } from 'node:fs';
import { emitKeypressEvents } from 'node:readline';
import { trackCleanup } from '../../base/cleanup.ts';

/** Control sequences of terminals. Source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J';
const LEAVE = '\x1b[?25h\x1b[?1049l';
/** Between these two a terminal that can do so shows nothing half-drawn. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';

/** A key that was pressed: its name, such as `down` or `h`, and whether Ctrl was held. */
export interface Key {
  name: string;
  ctrl: boolean;
}

export interface ScreenListener {
  onKey(key: Key): void;
  /** The terminal has another size, or what was on it is gone. */
  onResize(): void;
  /** Nobody is there any more. */
  onEnd(): void;
}

/**
 * A whole terminal for ourselves, on a screen beside the one that was there. However the process ends, short
 * of being killed, the terminal is left as it was.
 */
export class Screen {
  readonly #input: typeof process.stdin;
  readonly #output: typeof process.stdout;
  readonly #listener: ScreenListener;
  readonly #forget: () => Promise<void>;
  #entered = false;

  constructor(input: typeof process.stdin, output: typeof process.stdout, listener: ScreenListener) {
    this.#input = input;
    this.#output = output;
    this.#listener = listener;
    emitKeypressEvents(input);
    input.on('keypress', this.#onKeypress);
    input.on('end', this.#onEnd);
    output.on('resize', this.#onResize);
    process.on('SIGCONT', this.#onContinue);
    // Exceptions and `process.exit` pass by here; signals by the clean-up.
    process.on('exit', this.#restore);
    this.#forget = trackCleanup(async () => this.#restore());
    this.#enter();
    input.resume();
  }

  get columns(): number {
    return this.#output.columns || 80;
  }

  get rows(): number {
    return this.#output.rows || 24;
  }

  /** Shows these lines, from the top, each at most as wide as the screen. */
  draw(lines: readonly string[]): void {
    if (!this.#entered) return;
    const rows = Array.from(
      { length: this.rows },
      // A line is emptied first: behind its last column there is nothing that could be.
      (_, index) => `\x1b[${index + 1};1H\x1b[2K${lines[index] ?? ''}`,
    );
    this.#output.write(BEGIN + rows.join('') + END);
  }

  /** Gives the terminal back for good. */
  async close(): Promise<void> {
    await this.#forget();
    process.off('exit', this.#restore);
    process.off('SIGCONT', this.#onContinue);
    this.#output.off('resize', this.#onResize);
    this.#input.off('keypress', this.#onKeypress);
    this.#input.off('end', this.#onEnd);
    this.#input.pause();
  }

  /** Ctrl-Z: gives the terminal back until the shell has us go on. */
  suspend(): void {
    this.#restore();
    // The whole group, as the terminal would have it: npm waits with us.
    process.kill(0, 'SIGTSTP');
  }

  #enter(): void {
    this.#input.setRawMode(true);
    this.#entered = true;
    this.#output.write(ENTER);
  }

  readonly #restore = (): void => {
    if (!this.#entered) return;
    this.#entered = false;
    try {
      this.#input.setRawMode(false);
      // At once: the process may end before a stream is written.
      writeSync(this.#output.fd, LEAVE);
    } catch {
      // The terminal is gone: there is nothing to leave as it was.
    }
  };

  readonly #onKeypress = (
    _: string | undefined,
    key: { name?: string; sequence?: string; ctrl?: boolean },
  ) => {
    this.#listener.onKey({ name: key.name ?? key.sequence ?? '', ctrl: key.ctrl === true });
  };

  readonly #onResize = () => this.#listener.onResize();
  readonly #onEnd = () => this.#listener.onEnd();
  readonly #onContinue = () => {
    if (!this.#entered) this.#enter();
    this.#listener.onResize();
  };
}
