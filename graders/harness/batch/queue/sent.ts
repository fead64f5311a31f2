import { randomBytes } from 'node:crypto';
import { UsageError } from '../../base/errors.ts';
import { writeOutputFile } from '../../base/output-file.ts';
import { readPlainFile } from '../../base/plain-file.ts';
import { layout } from '../layout.ts';
import type { BatchRecord } from '../record.ts';

const SENT_VERSION = 1;

/** What a batch's folder says of its way through a queue: `queue.json`. */
export interface Sent {
  version: typeof SENT_VERSION;
  /** Tells batches in a queue apart. */
  batch: string;
  /** False while not all of it has been put in the queue. */
  whole: boolean;
  entries: SentEntry[];
}

/** A challenge of a submission. */
export interface SentEntry {
  submission: string;
  challenge: string;
  fingerprint: string;
  /** The job that grades it; null where there was nothing to be run. */
  job: string | null;
  /** What came of it, where there was nothing to be run. */
  record: BatchRecord | null;
}

/** What is sent for a batch of which nothing is yet. */
export function nothingSent(): Sent {
  return { version: SENT_VERSION, batch: randomBytes(8).toString('hex'), whole: false, entries: [] };
}

/** More than what is sent of any class. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Reads what was sent; undefined where nothing was. Throws UsageError for a file that cannot be read. */
export async function readSent(out: string): Promise<Sent | undefined> {
  const path = sentFile(out);
  const text = readPlainFile(path, MOST_BYTES)?.toString();
  if (text === undefined) return undefined;
  try {
    const sent = JSON.parse(text) as Sent;
    if (sent.version !== SENT_VERSION) throw new Error(`it is of version ${JSON.stringify(sent.version)}`);
    return sent;
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${String(error)}`, { cause: error });
  }
}

/** Throws UsageError where it cannot be written. */
export async function writeSent(out: string, sent: Sent): Promise<void> {
  await writeOutputFile(sentFile(out), `${JSON.stringify(sent)}\n`);
}

function sentFile(out: string): string {
  return layout(out).file('queue.json');
}
