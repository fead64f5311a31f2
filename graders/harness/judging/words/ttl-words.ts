/**
 * How the TTL of a key changed, such as `TTL none → 1 h (3600 s)`; null if it did not. `before` and `after` are
 * the Unix times in ms at which the key expires, `at` is the time of the step.
 */
export function ttlChangeInWords(before: number | null, after: number | null, at: number): string | null {
  if (before === after) return null;
  const [was, is] = [before, after].map((time) => (time === null ? 'none' : timeInWords(time - at)));
  return was === is ? `TTL set again: ${is}` : `TTL ${was} → ${is}`;
}

/** A length of time, such as `1 h (3600 s)`, `60 s` or `0.25 s`. */
export function timeInWords(ms: number): string {
  if (ms <= 0) return 'over';
  // A TTL is some ms shorter by the time somebody looks.
  const whole = Math.round(ms / 1000);
  if (ms < 10_000 && Math.abs(ms - whole * 1000) > 50) return `${Number((ms / 1000).toFixed(2))} s`;
  const unit = UNITS.find(({ from, length }) => whole >= from && (whole * 10) % length === 0);
  if (!unit) return `${whole} s`;
  const number = whole / unit.length;
  return `${number} ${unit.name}${unit.name === 'day' && number !== 1 ? 's' : ''} (${whole} s)`;
}

/** From the longest down: one is used from so many seconds on, if it needs no more than one decimal. */
const UNITS = [
  { name: 'day', length: 86_400, from: 86_400 },
  { name: 'h', length: 3_600, from: 3_600 },
  { name: 'min', length: 60, from: 120 },
] as const;
