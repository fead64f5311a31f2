/** `1 key`, `3 keys`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[], conjunction = 'and'): string {
  return items.length < 2
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

/** The first items of a long list, and how many more there are; `total` counts those not listed too. */
export function shortList(items: readonly string[], limit = 5, total = items.length): string {
  const shown = items.slice(0, limit);
  if (shown.length === total) return list(shown);
  const more = `${total - shown.length} more`;
  return shown.length === 0 ? more : `${shown.join(', ')} and ${more}`;
}

/** A whole number with a comma before each three digits: `12,345`. `toLocaleString` takes a hundred times as long. */
export function thousands(number: number): string {
  let text = String(number);
  for (let at = text.length - 3; at > 0; at -= 3) text = `${text.slice(0, at)},${text.slice(at)}`;
  return text;
}
