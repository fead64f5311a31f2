/** An element of either list or of both: its place in each, null where it is not in it. */
export interface Pairing {
  before: number | null;
  after: number | null;
}

/** Beyond so many comparisons, what differs counts as replaced as a whole. */
const MOST_COMPARISONS = 250_000;

/**
 * Pairs the elements of two lists in their order, as many as can be (the longest common subsequence), with
 * what is gone before what came in its place.
 */
export function diffLists(before: readonly string[], after: readonly string[]): Pairing[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const same = (count: number, from: number, to: number): Pairing[] =>
    Array.from({ length: count }, (_, index) => ({ before: from + index, after: to + index }));
  return [
    ...same(start, 0, 0),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)).map(
      (pair) => ({ before: shift(pair.before, start), after: shift(pair.after, start) }),
    ),
    ...same(end, before.length - end, after.length - end),
  ];
}

function shift(index: number | null, by: number): number | null {
  return index === null ? null : index + by;
}

function diffMiddle(before: readonly string[], after: readonly string[]): Pairing[] {
  const isLong = before.length * after.length > MOST_COMPARISONS;
  const common = isLong ? () => 0 : commonLengths(before, after);
  const pairs: Pairing[] = [];
  let [from, to] = [0, 0];
  while (from < before.length || to < after.length) {
    if (!isLong && from < before.length && before[from] === after[to]) {
      pairs.push({ before: from++, after: to++ });
    } else if (
      from < before.length &&
      (to === after.length || common(from + 1, to) >= common(from, to + 1))
    ) {
      pairs.push({ before: from++, after: null });
    } else {
      pairs.push({ before: null, after: to++ });
    }
  }
  return pairs;
}

/** The length of the longest common subsequence of what both lists hold from the given places on. */
function commonLengths(before: readonly string[], after: readonly string[]) {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const at = (from: number, to: number) => table[from * width + to] ?? 0;
  for (let from = before.length - 1; from >= 0; from -= 1) {
    for (let to = after.length - 1; to >= 0; to -= 1) {
      table[from * width + to] =
        before[from] === after[to] ? at(from + 1, to + 1) + 1 : Math.max(at(from + 1, to), at(from, to + 1));
    }
  }
  return at;
}
