import { printable } from '../../base/text/printable.ts';
import type { StepReply } from '../../evidence/evidence.ts';

/** Characters of a reply that are shown. */
const SHOWN = 80;

/** What the server answered, on one line and safe to print: `OK`, `(nil)`, `refused: ERR …`. */
export function replyInWords({ kind, text, length }: StepReply): string {
  const line = printable(linesOf(text).join(' '));
  if (kind === 'error') return `refused: ${errorInWords(text)}`;
  const shown = shorten(line, SHOWN);
  return length === undefined || shown.endsWith('…') ? shown : `${shown}…`;
}

/** An error of the server, as valkey-cli prints it or as the server says it, on one line and safe to print. */
export function errorInWords(text: string): string {
  return shorten(printable(linesOf(text).join(' ')).replace(/^\(error\) /, ''), 2 * SHOWN);
}

function shorten(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** The lines of a text without the space around them; empty ones are left out. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
