import { messageOf, UsageError } from '../base/errors.ts';
import { lockBatch } from '../batch/lock.ts';

/**
 * A process of its own that contends for the lock of a batch: told `take`, it answers whether it got it (`held`,
 * `refused`, or what went wrong); told `release`, it gives it back and answers `released`. Told `take turns`, it
 * takes and releases the lock so many times, whoever else does, and answers with the moments at which it took and
 * gave it back, in ns of the machine's clock.
 */
export interface Order {
  do: 'take' | 'release' | 'take turns';
  turns?: number;
}

export type Answer = string | { from: string; to: string }[];

const out = process.argv[2] ?? '';
let release: () => Promise<void> = async () => undefined;

process.on('message', (order: Order) => {
  void carryOut(order).then((answer) => process.send?.(answer));
});
process.send?.('ready');

async function carryOut(order: Order): Promise<Answer> {
  if (order.do === 'take') return take();
  if (order.do === 'take turns') return takeTurns(order.turns ?? 0);
  await release();
  return 'released';
}

async function take(): Promise<string> {
  try {
    release = await lockBatch(out);
    return 'held';
  } catch (error) {
    return error instanceof UsageError ? 'refused' : messageOf(error);
  }
}

async function takeTurns(turns: number): Promise<Answer> {
  const held: { from: string; to: string }[] = [];
  while (held.length < turns) {
    const answer = await take();
    if (answer === 'refused') continue;
    if (answer !== 'held') return answer;
    const from = process.hrtime.bigint();
    // Others have the time to notice, were they not kept out.
    for (let pause = 0; pause < 20; pause += 1) await new Promise((resolve) => setImmediate(resolve));
    held.push({ from: String(from), to: String(process.hrtime.bigint()) });
    await release();
  }
  return held;
}
