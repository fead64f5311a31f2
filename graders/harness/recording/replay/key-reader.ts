import { toBuffer } from '../../base/bytes.ts';
import { InfrastructureError } from '../../base/errors.ts';
import type { KeySnapshot, TraceEntry } from '../../evidence/evidence.ts';
import { EvidenceLimits, ReplayLimits } from '../../evidence/limits.ts';
import type { Reply } from '../../valkey/client/reply.ts';
import type { GraderSession } from '../observe/grader-session.ts';
import { answersOf, KEY_READER, keysIn, type ReaderReply } from '../observe/read-keys.ts';
import type { Place } from './place.ts';
import type { ReplayConnection } from './replay-connection.ts';

/** The server refused to tell what keys hold: the replay ends with it. */
class KeysNotReadError extends InfrastructureError {}

/** What a key holds; null where it is not there. */
export type Found = Place & { state: KeySnapshot | null };

/** Takes what was found, and the server's clock at that time, unix time in ms. */
type Take = (found: Found[], now: number) => void;

/** What a reply of the reader has: see {@link ReaderReply}. */
const REPLY_PARTS = 4;

/** Reads keys between the steps of a replay, over the connection that sends them: so nothing comes in between. */
export class KeyReader {
  readonly #sha: string;

  private constructor(sha: string) {
    this.#sha = sha;
  }

  static async load(session: GraderSession): Promise<KeyReader> {
    return new KeyReader(String(await session.call('SCRIPT', 'LOAD', KEY_READER)));
  }

  /** True for a command by which it read keys. */
  sent({ args: [name, sha] }: TraceEntry): boolean {
    return name === 'EVALSHA_RO' && sha === this.#sha;
  }

  /** Has the connection load it again, where the scripts of the server may have been removed. */
  addLoading(connection: ReplayConnection): void {
    connection.add([Buffer.from('SCRIPT'), Buffer.from('LOAD'), Buffer.from(KEY_READER)]);
  }

  /** Has the connection read keys, each once, and so many elements of each. */
  add(connection: ReplayConnection, places: readonly Place[], elements: number, take: Take): void {
    const groups = byDatabase(places);
    if (groups.length === 0) take([], 0);
    for (const { db, keys } of groups)
      connection.add(['EVALSHA_RO', ...this.#arguments(db, keys, elements)].map(toBytes), (reply) =>
        take(...found(db, keys, plain(reply))),
      );
  }

  /** Reads keys by the grader's own connection. */
  async readNow(session: GraderSession, places: readonly Place[]): Promise<Found[]> {
    const groups = byDatabase(places);
    const replies = await session.callAll(
      groups.map(({ db, keys }) => ['EVALSHA_RO', ...this.#arguments(db, keys)]),
    );
    return groups.flatMap(({ db, keys }, index) => found(db, keys, replies[index])[0]);
  }

  #arguments(
    db: number,
    keys: readonly Buffer[],
    elements: number = ReplayLimits.elements,
  ): (string | Buffer)[] {
    const { keyBytes } = ReplayLimits;
    const endless = Number.MAX_SAFE_INTEGER;
    const limits = [
      elements,
      keyBytes,
      EvidenceLimits.valueBytes,
      endless,
      endless,
      endless,
      keys.length,
      db,
    ];
    return [this.#sha, String(keys.length), ...keys, ...limits.map(String)];
  }
}

function byDatabase(places: readonly Place[]): { db: number; keys: Buffer[] }[] {
  const groups = new Map<number, Map<string, Buffer>>();
  for (const { db, key } of places) {
    const group = groups.get(db) ?? new Map<string, Buffer>();
    groups.set(db, group.set(key.toString('latin1'), key));
  }
  return [...groups].map(([db, keys]) => ({ db, keys: [...keys.values()] }));
}

function found(db: number, keys: readonly Buffer[], reply: unknown): [Found[], number] {
  if (!Array.isArray(reply)) throw new KeysNotReadError(String(reply));
  // Behind what is read of one reply at most, the server's clock is missing, and who knows which keys.
  if (reply.length < REPLY_PARTS) throw new KeysNotReadError('one step changed more than is read');
  const [, , , [seconds, micros]] = reply as ReaderReply;
  const there = new Map(
    keysIn(answersOf(keys, reply)).map((state) => [toBuffer(state.key).toString('latin1'), state]),
  );
  return [
    keys.map((key) => ({ db, key, state: there.get(key.toString('latin1')) ?? null })),
    Number(seconds) * 1000 + Math.floor(Number(micros) / 1000),
  ];
}

/** A reply as the grader's own connection gives it. */
function plain(reply: Reply): unknown {
  if (reply.type === 'error') throw new KeysNotReadError(reply.value);
  if ('items' in reply) return reply.items.map(plain);
  if (reply.type === 'nil') return null;
  if (reply.type === 'integer') return Number(reply.value);
  return Buffer.isBuffer(reply.value) ? reply.value : Buffer.from(String(reply.value));
}

function toBytes(argument: string | Buffer): Buffer {
  return typeof argument === 'string' ? Buffer.from(argument) : argument;
}
