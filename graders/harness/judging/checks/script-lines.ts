import { hasItem } from './has-item.ts';
import type { TracedCommand } from './traced-command.ts';

interface Line {
  /** From 1. */
  number: number;
  text: string;
}

/** The lines of a script of which only the text is known: on which of them a command stands. */
export class ScriptLines {
  readonly #lines: readonly Line[];
  /** The lines that name a command, by its name. */
  readonly #naming = new Map<string, readonly Line[]>();

  constructor(source: string) {
    this.#lines = source
      .split('\n')
      .map((text, index) => ({ number: index + 1, text }))
      .filter(({ text }) => !isComment(text));
  }

  /**
   * Finds the line of a command: one that names the command and its first argument. Sure only where there are
   * as many such lines as such commands ran; otherwise null, since a wrong line is worse than none.
   *
   * @param namesakes All commands of the run that have the same name, in order.
   */
  lineOf(command: TracedCommand, namesakes: readonly TracedCommand[]): number | null {
    const [first] = command.args;
    if (first === null) return null;
    const same = namesakes.filter((other) => !other.lua && other.args[0] === first);
    const position = same.indexOf(command);
    if (position === -1) return null;
    const naming = this.#namingOf(command.name);
    const lines = first === undefined ? naming : naming.filter(({ text }) => hasItem(text, first));
    return lines.length === same.length ? (lines[position]?.number ?? null) : null;
  }

  /** The numbers of the lines that name a command. */
  naming(command: string): number[] {
    return this.#namingOf(command).map(({ number }) => number);
  }

  #namingOf(command: string): readonly Line[] {
    const [name = ''] = command.split(' ');
    let lines = this.#naming.get(name);
    if (lines === undefined) {
      const word = new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'i');
      lines = this.#lines.filter(({ text }) => word.test(text));
      this.#naming.set(name, lines);
    }
    return lines;
  }
}

function isComment(line: string): boolean {
  return /^\s*(?:#|\/\/|\*|\/\*)/.test(line);
}
