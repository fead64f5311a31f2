/**
 * True where an item stands in the output as a word of its own: `7` is not found in `17`, `7.5` or `13:07`,
 * `han` not in `session:han`. Behind a label the colon parts two words: `"count":7`, `count:7`.
 */
export function hasItem(output: string, item: string): boolean {
  const { before, after } = /^\d+$/.test(item) ? NUMBER_ENDS : WORD_ENDS;
  for (let at = output.indexOf(item); at !== -1; at = output.indexOf(item, at + 1)) {
    if (isAt(before, output, at) && isAt(after, output, at + item.length)) return true;
    if (at === output.length) return false;
  }
  return false;
}

/** What must not stand right before and right after an item. */
const NUMBER_ENDS = wordEnds('\\p{N}:', ':\\p{N}');
const WORD_ENDS = wordEnds('(?<!["\']):', ':[\\p{L}\\p{N}_]');

function wordEnds(colonBefore: string, colonAfter: string): { before: RegExp; after: RegExp } {
  return {
    before: new RegExp(`(?<![\\p{L}\\p{N}_.-]|${colonBefore})`, 'uy'),
    after: new RegExp(`(?![\\p{L}\\p{N}_-]|\\.\\p{N}|${colonAfter})`, 'uy'),
  };
}

function isAt(sticky: RegExp, text: string, index: number): boolean {
  sticky.lastIndex = index;
  return sticky.test(text);
}
