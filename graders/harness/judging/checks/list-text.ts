/** How many elements are shown at most. */
const SHOWN = 20;

/** The elements of a list, one a line and numbered from the left; `total` counts those that are not given, too. */
export function numbered(items: readonly string[], total = items.length): string {
  return firstLines(
    items.slice(0, SHOWN).map((item, index) => `${index + 1}) ${item}`),
    total,
  );
}

/** The first ones of some lines, and how many more there are. */
export function firstLines(lines: readonly string[], total = lines.length): string {
  const shown = lines.slice(0, SHOWN);
  return [...shown, ...(total > shown.length ? [`… and ${total - shown.length} more`] : [])].join('\n');
}
