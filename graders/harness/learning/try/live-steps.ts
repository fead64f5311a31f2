import { toBuffer } from '../../base/bytes.ts';
import { changeOf } from '../../evidence/change.ts';
import type { KeyChange, KeySnapshot, Keyspace, Replay, Step, TraceEntry } from '../../evidence/evidence.ts';
import { stepReply, transactionReplies } from '../../recording/replay/step-reply.ts';
import type { Reply } from '../../valkey/client/reply.ts';

interface Placed {
  db: number;
  key: KeySnapshot;
}

/**
 * What each command that was typed answered and changed: as a replay tells it, but seen when it happened. Between two
 * commands nobody else changes anything.
 */
export class LiveSteps {
  readonly #steps: Step[] = [];

  /** Takes what was seen of a command: the first of its entries in the trace is at `entry`. */
  add(
    entry: number,
    entries: readonly TraceEntry[],
    reply: Reply | undefined,
    { before, after, now }: { before: Keyspace; after: Keyspace; now: number },
  ): void {
    const changes = changesBetween(before, after);
    const expired = changes.filter((change) => isExpired(change, now));
    if (expired.length > 0) this.#steps.push({ entry, entries: 0, reply: null, changes: expired });
    if (entries.length === 0) return;
    const commands = entries.flatMap(({ source, args }) => (source === 'lua' ? [] : [args.map(toBuffer)]));
    this.#steps.push({
      entry,
      entries: entries.length,
      ...answered(commands, reply),
      changes: changes.filter((change) => !expired.includes(change)),
    });
  }

  get replay(): Replay {
    return { steps: [...this.#steps], until: 'end', unlike: [] };
  }
}

function answered(
  commands: readonly (readonly Buffer[])[],
  reply: Reply | undefined,
): Pick<Step, 'reply' | 'replies'> {
  if (!reply) return { reply: null };
  return commands.length > 1
    ? transactionReplies(commands, reply)
    : { reply: stepReply(commands[0] ?? [], reply) };
}

function changesBetween(before: Keyspace, after: Keyspace): KeyChange[] {
  const [old, now] = [keysOf(before), keysOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const [was, is] = [old.get(id), now.get(id)];
    return changeOf((is ?? was)?.db ?? 0, was?.key ?? null, is?.key ?? null) ?? [];
  });
}

function keysOf({ databases }: Keyspace): Map<string, Placed> {
  return new Map(
    databases.flatMap(({ index, keys }) =>
      keys.map((key) => [`${index} ${toBuffer(key.key).toString('latin1')}`, { db: index, key }]),
    ),
  );
}

function isExpired({ before, after }: KeyChange, now: number): boolean {
  return after === null && before?.expireAt != null && before.expireAt <= now;
}
