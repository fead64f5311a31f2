/**
 * Gives as many as possible of some wanted things one found thing each that fits, and no two of them the same. What is
 * given is, by the index of the wanted thing, the index of the found one.
 */
export function pairUp<Wanted, Found>(
  wanted: readonly Wanted[],
  found: readonly Found[],
  fits: (wanted: Wanted, found: Found) => boolean,
): ReadonlyMap<number, number> {
  const fitting = wanted.map((one) => found.flatMap((other, index) => (fits(one, other) ? [index] : [])));
  const takenBy = new Map<number, number>();
  const give = (place: number, one: number) => {
    takenBy.set(place, one);
    return true;
  };
  /** Takes what is free, or else what its holder can do without. */
  const take = (one: number, tried: Set<number>): boolean => {
    const places = fitting[one] ?? [];
    const free = places.find((place) => !takenBy.has(place));
    if (free !== undefined) return give(free, one);
    return places.some((place) => {
      if (tried.has(place)) return false;
      tried.add(place);
      return take(takenBy.get(place) ?? one, tried) && give(place, one);
    });
  };
  for (const one of wanted.keys()) take(one, new Set());
  return new Map([...takenBy].map(([place, one]) => [one, place]));
}
