import { isDeepStrictEqual } from 'node:util';
import { isCut, toBuffer } from '../../base/bytes.ts';
import { changeOf } from '../../evidence/change.ts';
import type { KeyChange, KeySnapshot, Keyspace, Replay } from '../../evidence/evidence.ts';
import { claimsHyperLogLog, withoutNotedCount } from '../../evidence/hyperloglog.ts';
import { type Expired, expiredOf, expiriesOf, withExpiries } from './expiries.ts';
import type { Place } from './place.ts';

/** How far apart two expiries may be that are the same, in ms: commands take time. */
const SLACK_MS = 1_000;

interface Held {
  db: number;
  state: KeySnapshot;
}

/** What the keys hold while a trace is run again, expiries told in the time of the run. */
export class KeyStates {
  readonly #held = new Map<string, Held>();
  /** Those of them that expire. */
  readonly #expiring = new Map<string, Held>();

  constructor({ databases }: Keyspace) {
    for (const { index, keys } of databases) for (const key of keys) this.#put(index, asReadAgain(key));
  }

  /** All keys, in each database that has some, and in others: what may go from one to the other. */
  everywhere(others: readonly number[]): Place[] {
    const held = [...this.#held.values()];
    const dbs = new Set([...held.map(({ db }) => db), ...others]);
    return held.flatMap(({ state }) => [...dbs].map((place) => ({ db: place, key: toBuffer(state.key) })));
  }

  /** How many elements keys have together, and one more for each. */
  sizeOf(places: readonly Place[]): number {
    return places.reduce((sum, { db, key }) => {
      const state = this.of(db, key);
      return sum + 1 + (state === null || state.type === 'string' ? 0 : (sizeOf(state) ?? 0));
    }, 0);
  }

  of(db: number, key: Buffer): KeySnapshot | null {
    return this.#held.get(idOf(db, key))?.state ?? null;
  }

  /** Takes a new state; gives back what changed by it. Null for a key that is not there. */
  set(db: number, key: Buffer, state: KeySnapshot | null): KeyChange | undefined {
    const change = changeOf(db, this.of(db, key), state);
    if (change === undefined) return undefined;
    const id = idOf(db, key);
    if (state) this.#put(db, state);
    else {
      this.#held.delete(id);
      this.#expiring.delete(id);
    }
    return change;
  }

  /** Those whose expiry, or that of a field, has come at a time of the run, unix time in ms. */
  expired(now: number): (Place & Expired)[] {
    return [...this.#expiring.values()].flatMap(({ db, state }) => {
      const expired = expiredOf(state, now);
      return expired ? [{ db, key: toBuffer(state.key), ...expired }] : [];
    });
  }

  /** The keys that are not as they were recorded. */
  unlike({ databases }: Keyspace): Replay['unlike'] {
    const recorded = new Map<string, Held>();
    for (const { index: db, keys } of databases)
      for (const state of keys)
        recorded.set(idOf(db, toBuffer(state.key)), { db, state: asReadAgain(state) });
    const cut = new Set(databases.filter(({ size, keys }) => size > keys.length).map(({ index }) => index));
    const found: Replay['unlike'] = [];
    for (const [id, { db, state }] of this.#held) {
      const other = recorded.get(id);
      if (other ? !isAlike(state, other.state) : !cut.has(db)) found.push({ db, key: state.key });
    }
    for (const [id, { db, state }] of recorded) if (!this.#held.has(id)) found.push({ db, key: state.key });
    return found;
  }

  #put(db: number, state: KeySnapshot): void {
    const id = idOf(db, toBuffer(state.key));
    this.#held.set(id, { db, state });
    if (expiriesOf(state).size === 0) this.#expiring.delete(id);
    else this.#expiring.set(id, { db, state });
  }
}

function idOf(db: number, key: Buffer): string {
  return `${db} ${key.toString('latin1')}`;
}

/** A key without what is not looked at after each step: what is counted in it, and its digest. */
function asReadAgain(key: KeySnapshot): KeySnapshot {
  const { digest: _, ...content } = key;
  if (content.type !== 'string') return content;
  const { hyperloglog: __, ...rest } = content;
  return rest;
}

function isAlike(one: KeySnapshot, other: KeySnapshot): boolean {
  const [expiries, others] = [expiriesOf(one), expiriesOf(other)];
  if (expiries.size !== others.size) return false;
  for (const [name, expireAt] of expiries)
    if (!(Math.abs(expireAt - (others.get(name) ?? Number.NaN)) <= SLACK_MS)) return false;
  if (changeOf(0, one, other)?.cut) return one.type === other.type && sizeOf(one) === sizeOf(other);
  return isDeepStrictEqual(contentOf(one), contentOf(other));
}

function sizeOf(key: KeySnapshot): number | undefined {
  return key.type === 'other' ? undefined : key.size;
}

function contentOf(key: KeySnapshot): unknown {
  const content = { ...withExpiries(key, () => 0), expireAt: null };
  if (content.type !== 'string' || isCut(content.value)) return content;
  const value = toBuffer(content.value);
  // Whoever counts it notes the count in it.
  return claimsHyperLogLog(value) ? { ...content, value: withoutNotedCount(value) } : content;
}

/** Each of the keys once. */
export function distinct(keys: Replay['unlike']): Replay['unlike'] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
