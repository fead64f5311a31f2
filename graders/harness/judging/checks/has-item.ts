/**
 * True where an item stands in the output as a word of its own: `7` is not found in `17`, `7.5` or `13:07`,
 * `han` not in `session:han`. Behind a label the colon parts two words: `"count":7`, `count:7`.
 */
export function hasItem(output: string, item: string): boolean {
  const { before, after } = /^\d+$/.test(item) ? NUMBER_ENDS : WORD_ENDS;
  for (const at of placesOf(item, output))
    if (isAt(before, output, at) && isAt(after, output, at + item.length)) return true;
  return false;
}

/** So many characters may be compared to look for items: about a second's work. */
const MOST_COMPARISONS = 250_000_000;

/** False where so much was printed, and there are so many items, that to look for each of them takes too long. */
export function canLookFor(items: readonly string[], output: string): boolean {
  return items.length * output.length <= MOST_COMPARISONS;
}

/**
 * All places at which an item stands in a text, overlapping ones too. By Knuth, Morris and Pratt: to look for
 * `aaa…` among many of these, indexOf compares the whole item at each of them.
 */
function* placesOf(item: string, text: string): Generator<number> {
  // Of each beginning of the item, how many characters at its end begin the item as well.
  const matched = new Uint32Array(item.length + 1);
  const next = (length: number, code: number): number => {
    let kept = length;
    while (kept > 0 && item.charCodeAt(kept) !== code) kept = matched[kept] ?? 0;
    return item.charCodeAt(kept) === code ? kept + 1 : kept;
  };
  for (let length = 1; length < item.length; length += 1)
    matched[length + 1] = next(matched[length] ?? 0, item.charCodeAt(length));
  let length = 0;
  if (item === '') yield 0;
  for (let index = 0; index < text.length; index += 1) {
    length = item === '' ? 0 : next(length, text.charCodeAt(index));
    if (length === item.length) yield index + 1 - length;
  }
}

/** What must not stand right before and right after an item. */
const NUMBER_ENDS = wordEnds('\\p{N}:', ':\\p{N}');
const WORD_ENDS = wordEnds('(?<!["\']):', ':[\\p{L}\\p{N}_]');

function wordEnds(colonBefore: string, colonAfter: string): { before: RegExp; after: RegExp } {
  return {
    // Dots in a row only lead the eye: `standard....9`.
    before: new RegExp(`(?<![\\p{L}\\p{N}_-]|(?<!\\.)\\.|${colonBefore})`, 'uy'),
    after: new RegExp(`(?![\\p{L}\\p{N}_]|-\\S|\\.\\p{N}|${colonAfter})`, 'uy'),
  };
}

function isAt(sticky: RegExp, text: string, index: number): boolean {
  sticky.lastIndex = index;
  return sticky.test(text);
}
