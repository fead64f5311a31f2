/** Sums points without the dust of binary fractions. */
export function sumOf(points: readonly number[]): number {
  return Math.round(points.reduce((total, score) => total + score, 0) * 1e6) / 1e6;
}
