import { closeSync, createReadStream, existsSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InfrastructureError, messageOf, type ReadableError } from '../base/errors.ts';
import { syncFolder } from '../base/output-file.ts';
import { requirePlainFile, UnreadableFileError } from '../base/plain-file.ts';
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
      requirePlainFile(path);
      const { records, length } = await readRecords(path);
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
    return (await readRecords(path)).records;
  } catch (error) {
    throw unusable(path, error);
  }
}

/** How much of a journal is read at a time, in bytes. */
const PART_BYTES = 1024 * 1024;

/**
 * The records that count, and how many bytes of the file are whole lines; none where there is no file. A line that is
 * no record was being written when the machine went down, and never counted; those behind it may be whole.
 */
async function readRecords(path: string): Promise<{ records: BatchRecord[]; length: number }> {
  const records = new Map<string, BatchRecord>();
  let length = 0;
  for await (const line of linesOf(path)) {
    const record = parseRecord(line, { path, start: length });
    length += line.length + 1;
    if (record === undefined) continue;
    // The last one counts, and stands where it came.
    records.delete(recordKey(record));
    records.set(recordKey(record), record);
  }
  return { records: [...records.values()], length };
}

/** The whole lines of a file, without their line feeds; none where there is no file. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  if (!existsSync(path)) return;
  requirePlainFile(path);
  let rest: Buffer[] = [];
  for await (const part of createReadStream(path, { highWaterMark: PART_BYTES }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = part.indexOf(10); end !== -1; end = part.indexOf(10, start)) {
      yield Buffer.concat([...rest, part.subarray(start, end)]);
      rest = [];
      start = end + 1;
    }
    rest.push(part.subarray(start));
  }
}

/** Where a line begins. */
interface LineStart {
  path: string;
  start: number;
}

function parseRecord(line: Buffer, at: LineStart): BatchRecord | undefined {
  try {
    const record = parseLine(line);
    const isRecord =
      typeof record?.submission === 'string' &&
      typeof record.challenge === 'string' &&
      typeof record.report === 'object' &&
      record.report !== null;
    return isRecord ? withReportWhenAsked(record as BatchRecord, line.length, at) : undefined;
  } catch {
    // Cut in the middle.
    return undefined;
  }
}

function parseLine(line: Buffer): Partial<BatchRecord> | null {
  return JSON.parse(line.toString()) as Partial<BatchRecord> | null;
}

/** A record whose report is read from the file whenever it is asked for: those of a large class would fill the memory. */
function withReportWhenAsked(
  { report: _, ...record }: BatchRecord,
  length: number,
  { path, start }: LineStart,
): BatchRecord {
  return {
    ...record,
    get report() {
      const file = openSync(path, 'r');
      try {
        const line = Buffer.alloc(length);
        readSync(file, line, 0, length, start);
        return (parseLine(line) as BatchRecord).report;
      } catch (error) {
        throw unusable(path, error);
      } finally {
        closeSync(file);
      }
    },
  };
}

function unusable(path: string, error: unknown): ReadableError {
  if (error instanceof UnreadableFileError) return error;
  return new InfrastructureError(
    `${path} cannot be used: ${messageOf(error)}\nNothing that was graded before is lost: mend that, and run the same command again.`,
    { cause: error },
  );
}
