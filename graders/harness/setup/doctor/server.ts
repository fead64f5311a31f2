import { DEFAULT_IMAGE } from '../../recording/engine/image.ts';
import { isAtLeast } from '../../valkey/notation/version.ts';

/** What some challenges need of a server: `SET … IFEQ`. */
const WANTED = DEFAULT_IMAGE.slice(DEFAULT_IMAGE.indexOf(':') + 1);

/** What is to be said of a server that is older than some challenges need; null where it is not. */
export function shortcomingOf({ name, version }: { name: string; version: string }): string | null {
  if (name === 'valkey' && isAtLeast(version, WANTED)) return null;
  return `some challenges need Valkey ${WANTED} and cannot be graded on it`;
}
