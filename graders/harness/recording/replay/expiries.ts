import { toBuffer } from '../../base/bytes.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';

/** What of a key has expired. */
export interface Expired {
  /** The fields of a hash that have; all of it where there are none. */
  fields?: Buffer[];
  /** What is left. */
  left: KeySnapshot | null;
}

/** When a key expires (under the name ''), and fields of it under theirs, unix time in ms. */
export function expiriesOf(key: KeySnapshot): Map<string, number> {
  const own: [string, number][] = key.expireAt === null ? [] : [['', key.expireAt]];
  if (key.type !== 'hash') return new Map(own);
  const fields = key.fields.flatMap(({ field, expireAt }): [string, number][] =>
    expireAt === undefined ? [] : [[`field ${JSON.stringify(field)}`, expireAt]],
  );
  return new Map([...own, ...fields]);
}

/** A key with other expiries. */
export function withExpiries(key: KeySnapshot, change: (expireAt: number) => number): KeySnapshot {
  const expireAt = key.expireAt === null ? null : change(key.expireAt);
  if (key.type !== 'hash') return expireAt === key.expireAt ? key : { ...key, expireAt };
  const fields = key.fields.map((field) =>
    field.expireAt === undefined ? field : { ...field, expireAt: change(field.expireAt) },
  );
  return { ...key, expireAt, fields };
}

/** What of a key has expired at a time, unix time in ms; undefined for nothing. */
export function expiredOf(key: KeySnapshot, now: number): Expired | undefined {
  if (key.expireAt !== null && key.expireAt <= now) return { left: null };
  if (key.type !== 'hash') return undefined;
  const due = key.fields.filter(({ expireAt = Number.POSITIVE_INFINITY }) => expireAt <= now);
  if (due.length === 0) return undefined;
  const fields = key.fields.filter((field) => !due.includes(field));
  const size = key.size - due.length;
  return {
    fields: due.map(({ field }) => toBuffer(field)),
    left: size === 0 ? null : { ...key, size, fields },
  };
}
