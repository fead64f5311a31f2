import { isCut } from '../../base/bytes.ts';
import { commandName, TRANSACTION_ENDS } from '../../evidence/command-name.ts';
import { hidesArguments } from '../../evidence/completeness.ts';
import type { TraceEntry } from '../../evidence/evidence.ts';

/** A part of a trace that the server ran in one piece, and which is run again in one. */
export interface PlannedStep {
  /** The index of its first command. */
  entry: number;
  /** How many commands it has. */
  entries: number;
  /** Who sent it. */
  source: string;
  /** False for a MULTI behind which no EXEC came: what its connection sent later was not queued. */
  isSent: boolean;
  /** True for the commands of a transaction, EXEC at their end. */
  isTransaction: boolean;
}

/**
 * The steps of a trace: each command by itself with what Lua ran for it, the commands of a transaction together.
 * They end where commands are missing, or parts of one.
 */
export function planSteps(entries: readonly TraceEntry[]): { steps: PlannedStep[]; isWhole: boolean } {
  const ends = transactionEnds(entries);
  const open = new Set<string>();
  const steps: PlannedStep[] = [];
  for (const [index, entry] of entries.entries()) {
    if (isIncomplete(entry)) return { steps, isWhole: false };
    const last = steps.at(-1);
    if (entry.source === 'lua') {
      // Without a command before it, nobody knows what ran it.
      if (last) last.entries += 1;
      continue;
    }
    const { source } = entry;
    const name = commandName(entry.args);
    const isQueued = open.has(source) && !(TRANSACTION_ENDS.has(name) && name !== 'EXEC');
    if (isQueued && last?.isTransaction && last.source === source) last.entries += 1;
    else {
      const isSent = name !== 'MULTI' || ends.get(index) === true;
      steps.push({ entry: index, entries: 1, source, isSent, isTransaction: isQueued });
    }
    if (name === 'MULTI' && ends.get(index)) open.add(source);
    if (TRANSACTION_ENDS.has(name)) open.delete(source);
  }
  return { steps, isWhole: true };
}

/** For each MULTI, whether its connection ended the transaction before it began another one. */
function transactionEnds(entries: readonly TraceEntry[]): Map<number, boolean> {
  const latest = new Map<string, number>();
  const ends = new Map<number, boolean>();
  for (const [index, { source, args }] of entries.entries()) {
    if (source === 'lua') continue;
    const name = commandName(args);
    const begun = latest.get(source);
    if (name === 'MULTI') {
      latest.set(source, index);
      ends.set(index, false);
    } else if (begun !== undefined && TRANSACTION_ENDS.has(name)) {
      ends.set(begun, true);
      latest.delete(source);
    }
  }
  return ends;
}

function isIncomplete(entry: TraceEntry): boolean {
  return entry.skipped !== undefined || hidesArguments(entry) || entry.args.some(isCut);
}
