import { textIn } from './answered.ts';

// What client libraries make of the same reply differs: a map may be a list in which names and values take turns, a
// Map, an object, or a list of objects with a key and a value each.

/** The strings of a reply in order, nested ones laid out flat. */
export function flatIn(reply: unknown): (string | Uint8Array)[] {
  if (typeof reply === 'string' || reply instanceof Uint8Array) return [reply];
  if (reply === null || typeof reply !== 'object') return [String(reply)];
  if (reply instanceof Map) return [...reply].flatMap(flatIn);
  if (!(Symbol.iterator in reply)) return Object.entries(reply).flatMap(flatIn);
  return [...(reply as Iterable<unknown>)].flatMap((item) =>
    isPair(item) ? flatIn([item.key, item.value]) : flatIn(item),
  );
}

/** Pairs of a reply, each a list of two. */
export function pairsIn(reply: unknown): [unknown, unknown][] {
  if (reply instanceof Map) return [...reply];
  if (!Array.isArray(reply)) return Object.entries(reply ?? {});
  return reply.map((item: unknown) => (isPair(item) ? [item.key, item.value] : (item as [unknown, unknown])));
}

/** A map of a reply, by the names in it. */
export function mapIn(reply: unknown): ReadonlyMap<string, unknown> {
  const isFlat = Array.isArray(reply) && !reply.every(isPair);
  const found: [unknown, unknown][] = isFlat
    ? reply.flatMap((name: unknown, index) =>
        index % 2 === 0 ? [[name, reply[index + 1]] as [unknown, unknown]] : [],
      )
    : pairsIn(reply);
  return new Map(found.map(([name, value]) => [textIn(name), value]));
}

/** GLIDE has a map as a list of objects, of which each is a key and its value. */
function isPair(item: unknown): item is { key: unknown; value: unknown } {
  return typeof item === 'object' && item !== null && 'key' in item && 'value' in item;
}
