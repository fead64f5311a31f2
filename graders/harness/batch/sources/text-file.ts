import { UsageError } from '../../base/errors.ts';
import { readNamedFile } from '../../base/plain-file.ts';

/**
 * Reads a list that somebody made by hand or in a spreadsheet: UTF-8 with or without a byte order mark, or the
 * UTF-16 of Excel's "Unicode text". Throws UsageError with the line where the bytes are neither.
 */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readNamedFile(file);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'utf-16le', file);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes, 'utf-16be', file);
  return decode(bytes, 'utf-8', file);
}

/** Without the byte order mark. */
function decode(bytes: Uint8Array, encoding: string, file: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    const line = encoding === 'utf-8' ? `:${badLine(bytes)}` : '';
    throw new UsageError(
      `${file}${line}: not ${encoding.toUpperCase()}. Save the file as "CSV UTF-8", as Excel calls it.`,
      { cause: error },
    );
  }
}

/** The first line whose bytes are no UTF-8, from 1. No character's bytes go over the end of a line. */
function badLine(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8').decode(bytes).split('\n');
  return lenient.findIndex((line) => line.includes('\ufffd')) + 1;
}
