import { quote } from '../../../valkey/notation/quoting.ts';

/** A command as one types it in valkey-cli, quotes only where they are needed. */
export function typed(...words: (string | number)[]): string {
  return words
    .map((word) => (/^[\w:.{}+-]+$/.test(String(word)) ? String(word) : quote(Buffer.from(String(word)))))
    .join(' ');
}
