/** A decimal number as Valkey writes it, or with an exponent; NaN for anything else. */
export function toNumber(value: string): number {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

/** A whole sum must be written as one, for HINCRBY refuses `3.0`; others may differ by the dust of fractions. */
export function isSum(actual: string, sum: number): boolean {
  return Number.isInteger(sum) ? actual === String(sum) : isNear(actual, sum, 0);
}

/** True for a number that differs by no more than so much, and the dust of fractions. */
export function isNear(actual: string, number: number, tolerance: number): boolean {
  return Math.abs(toNumber(actual) - number) <= tolerance + DUST;
}

const DUST = 1e-9;

/** A number without the dust of fractions: 0.1 + 0.2 is 0.3. */
export function withoutDust(number: number): number {
  return Number(number.toPrecision(15));
}
