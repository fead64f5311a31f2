/**
 * Finds the first line of a documented output that is not in what was printed, after the lines before it;
 * undefined where all are there. A line that is only `…` stands for any lines, and `…` within a line for any
 * text. Times, versions of servers and the space between words may differ.
 */
export function missingLine(documented: readonly string[], printed: string): string | undefined {
  const lines = printed.split('\n').map(comparable);
  let from = 0;
  for (const line of documented) {
    const wanted = comparable(line);
    if (wanted === '' || wanted === '…') continue;
    const pattern = new RegExp(wanted.split('…').map(escaped).join('.*'));
    const found = lines.findIndex((one, index) => index >= from && pattern.test(one));
    if (found === -1) return line;
    from = found + 1;
  }
  return undefined;
}

function comparable(line: string): string {
  return line
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\d+(?:\.\d+)? (s|ms)\b/g, 'N $1')
    .replaceAll(/valkey \d+\.\d+\.\d+/g, 'valkey V');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
