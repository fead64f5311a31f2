/** How many elements are shown at most. */
const SHOWN = 20;

/** The elements of a list, one a line and numbered from the left; `total` counts those that are not given, too. */
export function numbered(items: readonly string[], total = items.length): string {
  const lines = items.slice(0, SHOWN).map((item, index) => `${index + 1}) ${item}`);
  return [...lines, ...(total > lines.length ? [`… and ${total - lines.length} more`] : [])].join('\n');
}
