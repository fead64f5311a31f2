import { createHash } from 'node:crypto';

/** Tells a text from every other: its digest. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
