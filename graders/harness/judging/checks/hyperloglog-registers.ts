import { claimsHyperLogLog } from '../../evidence/hyperloglog.ts';

/** Registers of a HyperLogLog, by the bits of an element's hash that tell which one is its own. */
const REGISTERS = 16_384;
const INDEX_BITS = 14n;
const HEADER_BYTES = 16;
const DENSE_BYTES = HEADER_BYTES + (REGISTERS * 6) / 8;
const SEED = 0xadc83b19n;
const MULTIPLIER = 0xc6a4a7935bd1e995n;

/** What an element leaves in a HyperLogLog: a register that is at least so high. */
export interface Mark {
  register: number;
  rank: number;
}

/**
 * The registers of a HyperLogLog that are not 0; undefined for a value that is none.
 * Source: hyperloglog.c of Valkey 8.1, which has 16384 registers of six bits, dense or as runs.
 */
export function registersOf(value: Buffer): Mark[] | undefined {
  if (!claimsHyperLogLog(value)) return undefined;
  const encoding = value[4];
  if (encoding === 0) return value.length === DENSE_BYTES ? denseRegisters(value) : undefined;
  return encoding === 1 ? sparseRegisters(value) : undefined;
}

function denseRegisters(value: Buffer): Mark[] {
  const marks: Mark[] = [];
  for (let register = 0; register < REGISTERS; register += 1) {
    const bit = register * 6;
    const at = HEADER_BYTES + (bit >>> 3);
    const rank = ((((value[at + 1] ?? 0) << 8) | (value[at] ?? 0)) >>> (bit & 7)) & 0x3f;
    if (rank > 0) marks.push({ register, rank });
  }
  return marks;
}

function sparseRegisters(value: Buffer): Mark[] | undefined {
  const marks: Mark[] = [];
  let register = 0;
  for (let at = HEADER_BYTES; at < value.length; at += 1) {
    const code = value[at] ?? 0;
    if ((code & 0x80) !== 0) {
      const rank = ((code >>> 2) & 0x1f) + 1;
      for (let left = (code & 0x03) + 1; left > 0; left -= 1, register += 1) marks.push({ register, rank });
    } else if ((code & 0x40) === 0) register += code + 1;
    else {
      at += 1;
      register += (((code & 0x3f) << 8) | (value[at] ?? 0)) + 1;
    }
  }
  return register === REGISTERS ? marks : undefined;
}

/** The mark that an element leaves in a HyperLogLog. */
export function markOf(element: string): Mark {
  const hash = murmurHash64A(Buffer.from(element));
  let rank = 1;
  for (let rest = hash >> INDEX_BITS; rank < 51 && (rest & 1n) === 0n; rest >>= 1n) rank += 1;
  return { register: Number(hash & (BigInt(REGISTERS) - 1n)), rank };
}

function murmurHash64A(bytes: Buffer): bigint {
  const whole = bytes.length - (bytes.length % 8);
  let hash = SEED ^ product(BigInt(bytes.length));
  for (let at = 0; at < whole; at += 8)
    hash = product(hash ^ product(mixed(product(bytes.readBigUInt64LE(at)))));
  if (whole < bytes.length) {
    const rest = Buffer.alloc(8);
    bytes.copy(rest, 0, whole);
    hash = product(hash ^ rest.readBigUInt64LE());
  }
  return mixed(product(mixed(hash)));
}

function product(factor: bigint): bigint {
  return BigInt.asUintN(64, factor * MULTIPLIER);
}

function mixed(hash: bigint): bigint {
  return hash ^ (hash >> 47n);
}
