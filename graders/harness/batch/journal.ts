import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InfrastructureError, messageOf } from '../errors.ts';
import { syncFolder } from './durable-file.ts';
import { type BatchRecord, recordKey } from './record.ts';

/**
 * The records of a batch, a line each, in a file that only grows. A record counts once it is on the disk. Of
 * several records on the same thing the last one counts.
 */
export class Journal {
  readonly #path: string;
  readonly #file: FileHandle;
  /** What is on the disk for certain, in bytes. */
  #length: number;
  /** What waits for the write that is under way. */
  #waiting: { line: Buffer; settle: (error?: unknown) => void }[] = [];
  #writing: Promise<void> | undefined;

  private constructor(path: string, file: FileHandle, length: number) {
    this.#path = path;
    this.#file = file;
    this.#length = length;
  }

  /** Opens a journal, made anew where there is none, and drops a last line that was cut. Throws InfrastructureError. */
  static async open(path: string): Promise<{ journal: Journal; records: BatchRecord[] }> {
    try {
      const { records, length } = parseJournal(await readOrNothing(path));
      const file = await open(path, 'a');
      try {
        await file.truncate(length);
        await syncFolder(dirname(path));
      } catch (error) {
        await file.close();
        throw error;
      }
      return { journal: new Journal(path, file, length), records };
    } catch (error) {
      throw unusable(path, error);
    }
  }

  /**
   * Writes a record; resolves when it is on the disk. Those that come while others are written are written
   * together. Throws InfrastructureError.
   */
  async append(record: BatchRecord): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    const written = new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      this.#waiting.push({ line, settle });
    });
    this.#writing ??= this.#writeAll();
    try {
      await written;
    } catch (error) {
      throw unusable(this.#path, error);
    }
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      let fault: unknown;
      try {
        await this.#write(Buffer.concat(batch.map(({ line }) => line)));
      } catch (error) {
        fault = error;
      }
      for (const { settle } of batch) settle(fault);
    }
    this.#writing = undefined;
  }

  async #write(lines: Buffer): Promise<void> {
    try {
      await this.#file.appendFile(lines);
      await this.#file.datasync();
      this.#length += lines.length;
    } catch (error) {
      // A part of it may be there, and would spoil what is written once there is room again.
      await this.#file.truncate(this.#length);
      throw error;
    }
  }
}

/** Reads the records of a journal. Throws InfrastructureError. */
export async function readJournal(path: string): Promise<BatchRecord[]> {
  try {
    return parseJournal(await readOrNothing(path)).records;
  } catch (error) {
    throw unusable(path, error);
  }
}

/**
 * The records that count, and how many bytes of the file are whole lines. A line that is no record was being
 * written when the machine went down, and never counted; those behind it may be whole.
 */
function parseJournal(bytes: Buffer): { records: BatchRecord[]; length: number } {
  const records = new Map<string, BatchRecord>();
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    const record = parseRecord(bytes.toString('utf8', start, end));
    start = end + 1;
    if (record === undefined) continue;
    // The last one counts, and stands where it came.
    records.delete(recordKey(record));
    records.set(recordKey(record), record);
  }
  return { records: [...records.values()], length: start };
}

function parseRecord(line: string): BatchRecord | undefined {
  try {
    const record = JSON.parse(line) as Partial<BatchRecord> | null;
    const isRecord =
      typeof record?.submission === 'string' &&
      typeof record.challenge === 'string' &&
      typeof record.report === 'object' &&
      record.report !== null;
    return isRecord ? (record as BatchRecord) : undefined;
  } catch {
    // Cut in the middle.
    return undefined;
  }
}

async function readOrNothing(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

function unusable(path: string, error: unknown): InfrastructureError {
  return new InfrastructureError(
    `${path} cannot be used: ${messageOf(error)}\nNothing that was graded before is lost: mend that, and run the same command again.`,
    { cause: error },
  );
}
