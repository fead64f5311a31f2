import { createHash } from 'node:crypto';

/** A key that no two texts share. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
