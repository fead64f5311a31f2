import { toBuffer } from '../../base/bytes.ts';
import type { Step, TraceEntry } from '../../evidence/evidence.ts';
import type { EntryIds } from './entry-ids.ts';
import { putOff } from './points-in-time.ts';
import type { ReplayConnection } from './replay-connection.ts';
import type { RunTime } from './run-time.ts';
import { sentAgain } from './sent-again.ts';
import type { StepLedger } from './step-ledger.ts';
import { stepReply, transactionReplies } from './step-reply.ts';

/** Where what a step answers is kept, and the time in which it is told. */
export interface Kept {
  time: RunTime;
  ids: EntryIds;
  ledger: StepLedger;
}

/** Has a connection send a command of the trace, and its step take the reply. */
export function addCommand(
  client: ReplayConnection,
  entry: TraceEntry,
  step: Step,
  { time, ids, ledger }: Kept,
): void {
  const again = sentAgain(entry.args);
  if (again === null) return;
  const command = ids.withId(entry, putOff(again, entryMs(entry), time));
  client.add(command, (reply) => {
    step.reply = stepReply(command, reply);
    ledger.count(step, step.reply);
  });
  // Where it did, the connection is of a user without rights now.
  if (/^reset$/i.test(command[0]?.toString() ?? '')) client.login();
}

/** Has a connection send what stood between MULTI and EXEC, and EXEC; its step takes what each was answered. */
export function addTransaction(
  client: ReplayConnection,
  own: readonly TraceEntry[],
  step: Step,
  { time, ids, ledger }: Kept,
): void {
  const commands = own.map((entry) =>
    ids.withId(entry, putOff(entry.args.map(toBuffer), entryMs(entry), time)),
  );
  for (const command of commands.slice(0, -1)) client.add(command);
  const last = commands.at(-1) ?? [];
  client.add(last, (reply) => {
    Object.assign(step, transactionReplies(commands, reply));
    ledger.count(step, step.replies);
  });
}

/** When a command ran, unix time in ms. */
export function entryMs({ at }: TraceEntry): number {
  return Math.floor(at / 1000);
}
