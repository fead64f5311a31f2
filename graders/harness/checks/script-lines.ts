import { itemPattern } from './output-text.ts';
import type { TracedCommand } from './traced-command.ts';

/**
 * Finds the line of a script on which a command stands, for languages of which only the text is known: the
 * lines that name the command and its first argument. Sure only where there are as many such lines as such
 * commands ran; otherwise null, since a wrong line is worse than none.
 */
export function lineInScript(
  source: string,
  command: TracedCommand,
  all: readonly TracedCommand[],
): number | null {
  const [name] = command.name.split(' ');
  const [first] = command.args;
  const same = all.filter((other) => !other.lua && other.name === command.name && other.args[0] === first);
  const word = new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'i');
  if (first === null) return null;
  const argument = first === undefined ? /^/ : itemPattern(first);
  const lines = source
    .split('\n')
    .flatMap((line, index) =>
      word.test(line) && argument.test(line) && !isComment(line) ? [index + 1] : [],
    );
  const position = same.indexOf(command);
  return lines.length === same.length && position !== -1 ? (lines[position] ?? null) : null;
}

function isComment(line: string): boolean {
  return /^\s*(?:#|\/\/|\*|\/\*)/.test(line);
}
