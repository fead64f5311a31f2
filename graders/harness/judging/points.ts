/** Sums points without the dust of binary fractions. */
export function sumOf(points: readonly number[]): number {
  return Math.round(points.reduce((total, score) => total + score, 0) * 1e6) / 1e6;
}

/** Bits that each share keeps, out of the 53 of a number: so many shares of nearly nothing still come out right. */
const SHARE_BITS = 44;

/**
 * Shares of a total in proportion to weights, for programs that sum them up and round nothing: the plain sum of the
 * shares is the total, to the last bit. Each share is a multiple of a power of two, such that every sum on the way is
 * a number that a double can hold; the last takes what is left.
 */
export function exactShares(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0 || total === 0) return weights.map(() => 0);
  const plain = weights.map((weight) => (weight * total) / whole);
  if (plainSum(plain) === total) return plain;
  const grain = 2 ** (Math.floor(Math.log2(total)) - SHARE_BITS);
  const shares = plain.map((share) => Math.round(share / grain) * grain);
  const last = weights.findLastIndex((weight) => weight > 0);
  shares[last] = total - plainSum(shares.toSpliced(last, 1));
  return shares;
}

function plainSum(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
