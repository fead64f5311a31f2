import { readArgument } from '../valkey/quoting.ts';

/**
 * The values of a reply as valkey-cli prints it, in order, without the marks of their types: an array gives
 * its items (nested ones too), everything else one value. `(nil)` stays as it is.
 */
export function replyItems(reply: string): string[] {
  if (/^\(empty /.test(reply)) return [];
  return reply.split('\n').map((line) => replyValue(line.replace(/^\s*(?:\d+[)~#] +)*/, '')));
}

function replyValue(text: string): string {
  if (text.startsWith('"')) return readArgument(text, 0).value.toString();
  return text.replace(/^\((?:integer|double|error)\) /, '');
}
