import { textOf } from '../../../base/bytes.ts';
import { replied, textIn } from '../../../evidence/data-types/answered.ts';
import { DATA_TYPES, isDataType } from '../../../evidence/data-types/index.ts';
import { flatIn } from '../../../evidence/data-types/reply-shapes.ts';
import type { KeyContent, KeySnapshot } from '../../../evidence/evidence.ts';
import type { Send } from './client.ts';

/** How many names are looked through for one that is like a key that is not there. */
const NAMES = 1000;

/**
 * Reads a key as it is now; undefined where it is not there. Its expiry is by the clock of this machine,
 * which is all the same, as what is left of it is what the server said. Rejects as the client does.
 */
export async function readKey(send: Send, name: string): Promise<KeySnapshot | undefined> {
  const type = textIn(await send('TYPE', name));
  if (type === 'none') return undefined;
  const left = Number(textIn(await send('PTTL', name)));
  const expireAt = left >= 0 ? Date.now() + left : null;
  const body = await readBody(send, type, name);
  return { key: name, expireAt, ...body } as KeySnapshot;
}

/** Names of keys, of which one may be what was meant. */
export async function someNames(send: Send): Promise<string[]> {
  const [, ...names] = flatIn(await send('SCAN', '0', 'COUNT', String(NAMES)));
  return names.flatMap((name) => textOf(replied(name)) ?? []);
}

async function readBody(send: Send, type: string, name: string): Promise<KeyContent> {
  if (!isDataType(type)) return { type: 'other', name: type };
  const client = { flat: async (...args: string[]) => flatIn(await send(...args)), nested: send };
  return DATA_TYPES[type].ask(client, name);
}
