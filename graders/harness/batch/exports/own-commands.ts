import { createHash } from 'node:crypto';
import type { Evidence } from '../../evidence/evidence.ts';
import { commandText, isHandshake, tracedCommand } from '../../judging/checks/traced-command.ts';

/** How many different commands of a submission are compared. */
const MOST = 500;
/** How much of a command is kept as text. */
const WIDTH = 160;

/**
 * The different commands that a script sent in its main run, in the order in which it first did, normalised:
 * without what client libraries send, without what Lua scripts ran, names in upper case, and without what
 * differs from run to run (times, random ids).
 */
export function ownCommands({ runs }: Evidence): string[] {
  const trace = runs.find(({ variant }) => variant === null)?.trace.entries ?? [];
  const commands = new Set<string>();
  for (const [index, entry] of trace.entries()) {
    if (commands.size >= MOST) break;
    if (entry.source === 'lua' || isHandshake(tracedCommand(entry, index))) continue;
    const text = commandText(entry, WIDTH);
    // What was cut off may differ.
    const rest = text.includes('…') ? ` #${digest(JSON.stringify(entry.args))}` : '';
    commands.add(withoutChance(text) + rest);
  }
  return [...commands];
}

function withoutChance(text: string): string {
  return text
    .replace(/\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi, '<uuid>')
    .replace(/\b\d{10,}(?:\.\d+)?\b/g, '<number>')
    .replace(/\b[\da-f]{16,}\b/gi, '<hex>');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
