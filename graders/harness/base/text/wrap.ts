import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/**
 * Breaks a text into lines of at most `width` columns, at spaces where there are any. What is broken goes
 * on under the indent of its own line, and `hang` columns further in.
 */
export function wrapText(text: string, width: number, hang = 0): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), width, hang));
}

function wrapLine(line: string, width: number, hang: number): string[] {
  if (stringWidth(line) <= width) return [line];
  const content = line.trimStart();
  // However far in a line begins, some room is left for it.
  const indent = ' '.repeat(Math.min(line.length - content.length, Math.floor(width / 2)));
  const room = Math.max(1, width - indent.length - hang);
  return wrapAnsi(content, room, { hard: true })
    .split('\n')
    .map((part, index) => indent + (index === 0 ? '' : ' '.repeat(hang)) + part);
}
