import { QuoteError, readArgument } from '../../valkey/notation/quoting.ts';

/**
 * The values of a reply as valkey-cli prints it, in order, without the marks of their types: an array gives
 * its items (nested ones too), everything else one value. `(nil)` stays as it is.
 */
export function replyItems(reply: string): string[] {
  if (/^\(empty /.test(reply)) return [];
  return reply.split('\n').map((line) => replyValue(line.replace(/^\s*(?:\d+[)~#] +)*/, '')));
}

/** The texts among a reply: numbers and words such as OK, which are no text of the keyspace, have no quotes. */
export function replyTexts(reply: string): string[] {
  return reply
    .split('\n')
    .filter((line) => line.includes('"'))
    .flatMap(replyItems);
}

function replyValue(text: string): string {
  if (!text.startsWith('"')) return text.replace(/^\((?:integer|double|error)\) /, '');
  try {
    const { value, end } = readArgument(text, 0);
    // Behind one that was cut stands how much is missing.
    return end === text.length ? value.toString() : text;
  } catch (error) {
    if (!(error instanceof QuoteError)) throw error;
    return text;
  }
}
