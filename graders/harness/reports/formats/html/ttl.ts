import type { Clock, KeySnapshot } from '../../../evidence/evidence.ts';
import { seconds } from './elements.ts';
import type { Change } from './keyspace-diff.ts';

/** What is to be said of a key's TTL: before and after the script, in words. */
export interface TtlDiff {
  change: Change;
  text: string;
}

/** Compares the TTL of a key at the start of the script and at its end. */
export function diffTtl(before: KeySnapshot | null, after: KeySnapshot | null, clock: Clock): TtlDiff {
  const old = before?.expireAt ?? null;
  const now = after?.expireAt ?? null;
  const was = old === null ? '' : ttl(old - clock.serverStart);
  if (after === null) {
    const expired = old !== null && old <= clock.serverEnd;
    return {
      change: 'removed',
      text: old === null ? 'had no TTL' : expired ? `expired (${was})` : `had ${was}`,
    };
  }
  if (now === null) {
    return old === null
      ? { change: 'same', text: 'no TTL' }
      : { change: 'removed', text: `no TTL any more (was ${was})` };
  }
  const left = ttl(now - clock.serverEnd);
  if (old === null) return { change: 'added', text: left };
  if (old === now) return { change: 'same', text: left };
  return { change: 'changed', text: left === was ? `${left}, given anew` : `${left} (was ${was})` };
}

function ttl(ms: number): string {
  if (ms <= 0) return 'TTL over';
  if (ms < 10_000) return `TTL ${seconds(ms)}`;
  const whole = Math.round(ms / 1000);
  return whole < 120 ? `TTL ${whole} s` : `TTL ${whole} s, ${inWords(whole)}`;
}

function inWords(whole: number): string {
  const days = whole / 86_400;
  if (days >= 2) return `${trim(days)} days`;
  return whole >= 7_000 ? `${trim(whole / 3600)} hours` : `${trim(whole / 60)} minutes`;
}

function trim(number: number): string {
  const text = number.toFixed(1).replace(/\.0$/, '');
  return Number(text) === number ? text : `about ${text}`;
}
