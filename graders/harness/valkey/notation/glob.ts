/** One step of a pattern: any number of bytes, or one byte that it takes. */
type Step = 'any' | ((byte: number) => boolean);

/** Patterns that were asked for, made ready once. */
const KNOWN = new Map<string, readonly Step[]>();

/**
 * True for a name that a pattern of KEYS and of SCAN's MATCH takes, by the server's own rules: `*`, `?`, `[a-z]`,
 * `[^a-z]`, and a backslash before what is meant as it stands. They are rules of bytes: `?` is one byte, not one
 * character. A class ends at the first `]`, or with the pattern.
 */
export function matchesGlob(pattern: string, name: Uint8Array): boolean {
  const steps = KNOWN.get(pattern) ?? stepsOf(Buffer.from(pattern));
  KNOWN.set(pattern, steps);
  let [at, step] = [0, 0];
  // Behind the last `*`, and where in the name what is behind it was tried.
  let [retry, retryAt] = [-1, 0];
  while (at < name.length) {
    const wanted = steps[step];
    if (wanted === 'any') {
      step += 1;
      [retry, retryAt] = [step, at];
    } else if (wanted?.(name[at] ?? 0)) {
      at += 1;
      step += 1;
    } else if (retry >= 0) {
      retryAt += 1;
      [step, at] = [retry, retryAt];
    } else return false;
  }
  return steps.slice(step).every((left) => left === 'any');
}

/** How the names begin that a pattern takes: its text before the first character that stands for others. */
export function literalStart(pattern: string): string {
  const [start = ''] = /^(?:[^*?[\\]|\\.)*/su.exec(pattern) ?? [];
  return start.replaceAll(/\\(.)/gsu, '$1');
}

const [STAR, QUESTION, OPEN, CLOSE, BACKSLASH, CARET, DASH] = Buffer.from('*?[]\\^-') as unknown as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

function stepsOf(pattern: Buffer): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const byte = pattern[at];
    if (byte === STAR) steps.push('any');
    else if (byte === QUESTION) steps.push(() => true);
    else if (byte === OPEN) {
      const { takes, end } = classAt(pattern, at + 1);
      steps.push(takes);
      at = end;
    } else {
      // One at the end of the pattern is meant as it stands.
      if (byte === BACKSLASH && at + 1 < pattern.length) at += 1;
      const wanted = pattern[at];
      steps.push((found) => found === wanted);
    }
  }
  return steps;
}

/** The bytes between brackets; `end` is where the closing one stands. */
function classAt(pattern: Buffer, start: number): { takes: (byte: number) => boolean; end: number } {
  const isNegated = pattern[start] === CARET;
  const ranges: [low: number, high: number][] = [];
  let at = isNegated ? start + 1 : start;
  for (; at < pattern.length && pattern[at] !== CLOSE; at += 1) {
    if (pattern[at] === BACKSLASH && at + 1 < pattern.length) {
      at += 1;
      ranges.push([pattern[at] ?? 0, pattern[at] ?? 0]);
    } else if (pattern[at + 1] === DASH && at + 2 < pattern.length) {
      const [one = 0, other = 0] = [pattern[at], pattern[at + 2]];
      ranges.push([Math.min(one, other), Math.max(one, other)]);
      at += 2;
    } else ranges.push([pattern[at] ?? 0, pattern[at] ?? 0]);
  }
  const takes = (byte: number) => ranges.some(([low, high]) => byte >= low && byte <= high) !== isNegated;
  return { takes, end: at };
}
