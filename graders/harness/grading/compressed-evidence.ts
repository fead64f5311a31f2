import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';
import type { Evidence } from '../evidence/evidence.ts';
import { readEvidence } from '../evidence/read.ts';

const uncompress = promisify(gunzip);

/** The longest evidence that is read, in bytes of JSON: more than any has that was not puffed up. */
const LONGEST_BYTES = 256 * 1024 * 1024;

/** Evidence as it is kept, and as it travels: made run by run, so that the text of one is in memory at a time. */
export async function compressEvidence(evidence: Evidence): Promise<Uint8Array> {
  return buffer(Readable.from(partsOf(evidence)).pipe(createGzip()));
}

/** Its JSON, in parts. */
function* partsOf({ runs, ...others }: Evidence): Generator<string> {
  yield `${JSON.stringify(others).slice(0, -1)},"runs":[`;
  for (const [index, run] of runs.entries()) yield `${index > 0 ? ',' : ''}${JSON.stringify(run)}`;
  yield ']}';
}

/**
 * Reads compressed evidence; `name` is what messages call it. Throws what uncompressing throws where it is cut or too
 * long, and UsageError where it is none.
 */
export async function readCompressedEvidence(
  compressed: Uint8Array,
  name: string,
  longestBytes = LONGEST_BYTES,
): Promise<Evidence> {
  return readEvidence((await uncompress(compressed, { maxOutputLength: longestBytes })).toString(), name);
}
