import { cutValue, toBytes, type Value } from '../../base/bytes.ts';
import type { Answered } from './data-type.ts';

/** What the server answered of an element, as evidence has it. */
export function element(item: Answered): Value {
  return Buffer.isBuffer(item) ? toBytes(item) : cutValue(...item);
}

/** What a client replied, as evidence has it. */
export function replied(reply: string | Uint8Array): Value {
  return typeof reply === 'string' ? reply : toBytes(reply);
}

/** What a client replied that is always text: numbers, ids. */
export function textIn(reply: unknown): string {
  return reply instanceof Uint8Array ? Buffer.from(reply).toString() : String(reply);
}

/** Names with what stands beside them, of a list in which they take turns. */
export function pairs<Item>(items: readonly Item[]): [Item, Item][] {
  const result: [Item, Item][] = [];
  for (let index = 0; index + 1 < items.length; index += 2)
    result.push([items[index] as Item, items[index + 1] as Item]);
  return result;
}
