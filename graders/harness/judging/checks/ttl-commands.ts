import type { TracedCommand } from './traced-command.ts';

/** What a command says of the TTL of a key. */
export type SaidTtl =
  /** So many milliseconds from the time at which it ran. */
  | { ms: number }
  /** None from here on: the key was written without one, or it was taken away. */
  | 'none';

const SECONDS = 1000;
/** For commands and options that give a TTL: the length of their unit in ms, and whether it is a point in time. */
const UNITS: Record<string, { unit: number; absolute: boolean }> = {
  EX: { unit: SECONDS, absolute: false },
  PX: { unit: 1, absolute: false },
  EXAT: { unit: SECONDS, absolute: true },
  PXAT: { unit: 1, absolute: true },
  SETEX: { unit: SECONDS, absolute: false },
  PSETEX: { unit: 1, absolute: false },
  EXPIRE: { unit: SECONDS, absolute: false },
  PEXPIRE: { unit: 1, absolute: false },
  EXPIREAT: { unit: SECONDS, absolute: true },
  PEXPIREAT: { unit: 1, absolute: true },
};

/**
 * What a command says of the TTL of a key; undefined where it says nothing of it, as a command that leaves
 * the TTL as it is. `at` is the time at which it ran, in unix ms.
 */
export function saidTtl({ name, args }: TracedCommand, key: string, at: number): SaidTtl | undefined {
  if (name === 'MSET' || name === 'MSETNX')
    return args.some((arg, index) => index % 2 === 0 && arg === key) ? 'none' : undefined;
  if (args[0] !== key) return undefined;
  if (name === 'SET' || name === 'GETEX') {
    const options = args.slice(name === 'SET' ? 2 : 1).map((arg) => arg?.toUpperCase() ?? '');
    const unit = options.findIndex((option) => /^(?:EX|PX|EXAT|PXAT)$/.test(option));
    if (unit !== -1) return time(options[unit] ?? '', options[unit + 1], at);
    if (options.includes('PERSIST')) return 'none';
    return name === 'GETEX' || options.includes('KEEPTTL') ? undefined : 'none';
  }
  if (name === 'SETNX' || name === 'GETSET' || name === 'PERSIST') return 'none';
  return UNITS[name] && time(name, args[1] ?? undefined, at);
}

function time(unitName: string, text: string | undefined, at: number): SaidTtl | undefined {
  const unit = UNITS[unitName];
  const number = Number(text);
  if (!unit || text === undefined || !Number.isFinite(number)) return undefined;
  return { ms: number * unit.unit - (unit.absolute ? at : 0) };
}
