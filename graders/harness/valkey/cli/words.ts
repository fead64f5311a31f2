import { readFile } from 'node:fs/promises';
import { splitArguments } from '../notation/quoting.ts';
import { systemMessage } from './messages.ts';

/** A command as it was written on a line of stdin. */
export interface LineCommand {
  args: readonly Buffer[];
  /** How often it is run: a number before the command says so. */
  times: number;
}

/** Reads a line; null where its quotes are not balanced. */
export function readLine(line: string): LineCommand | null {
  let words: Buffer[];
  try {
    words = splitArguments(line);
  } catch {
    // A QuoteError: valkey-cli says no more of it than that.
    return null;
  }
  const first = words[0]?.toString() ?? '';
  // C's strtol takes an empty word for 0.
  return words.length > 1 && /^(?:[+-]?\d+)?$/.test(first)
    ? { args: words.slice(1), times: Number(first) }
    : { args: words, times: 1 };
}

/** The command of `--eval script.lua key1 key2 , arg1 arg2`. Rejects where the file cannot be read. */
export async function evalCommand(file: string, words: readonly string[]): Promise<Buffer[]> {
  const script = await readFile(file).catch((error: unknown) => {
    throw new Error(`Can't open file '${file}': ${systemMessage(error)}`, { cause: error });
  });
  const comma = words.indexOf(',');
  const keys = comma === -1 ? words : words.slice(0, comma);
  const args = comma === -1 ? [] : words.slice(comma + 1);
  return [Buffer.from('EVAL'), script, ...toBuffers([String(keys.length), ...keys, ...args])];
}

export function toBuffers(words: readonly string[]): Buffer[] {
  return words.map((word) => Buffer.from(word));
}
