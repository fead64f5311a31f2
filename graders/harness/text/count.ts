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

/** The first items of a long list, and how many more there are. */
export function shortList(items: readonly string[], limit = 5): string {
  return items.length <= limit
    ? list(items)
    : `${items.slice(0, limit).join(', ')} and ${items.length - limit} more`;
}
