import { type FileHandle, open, readFile } from 'node:fs/promises';
import { InfrastructureError, messageOf } from '../errors.ts';
import { type BatchRecord, recordKey } from './record.ts';

/**
 * The records of a batch, a line each, in a file that only grows. A record counts once it is on the disk. Of
 * several records on the same thing the last one counts.
 */
export class Journal {
  readonly #file: FileHandle;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Opens a journal, made anew where there is none, and drops a last line that was cut. Throws InfrastructureError. */
  static async open(path: string): Promise<{ journal: Journal; records: BatchRecord[] }> {
    try {
      const { records, length } = parseJournal(await readOrNothing(path));
      const file = await open(path, 'a');
      await file.truncate(length);
      return { journal: new Journal(file), records };
    } catch (error) {
      throw unusable(path, error);
    }
  }

  /** Writes a record; resolves when it is on the disk. Throws InfrastructureError. */
  async append(record: BatchRecord): Promise<void> {
    const write = this.#writing.then(async () => {
      await this.#file.appendFile(`${JSON.stringify(record)}\n`);
      await this.#file.datasync();
    });
    // One that fails is told to whoever wrote it, and does not hold up the next.
    this.#writing = write.catch(() => undefined);
    try {
      await write;
    } catch (error) {
      throw unusable('the journal', error);
    }
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
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
 * The records that count, and how many bytes of the file are whole lines. A line that is no record was cut when
 * the machine went down, and so was all behind it.
 */
function parseJournal(bytes: Buffer): { records: BatchRecord[]; length: number } {
  const records = new Map<string, BatchRecord>();
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    const record = parseRecord(bytes.toString('utf8', start, end));
    if (record === undefined) break;
    // The last one counts, and stands where it came.
    records.delete(recordKey(record));
    records.set(recordKey(record), record);
    start = end + 1;
  }
  return { records: [...records.values()], length: start };
}

function parseRecord(line: string): BatchRecord | undefined {
  try {
    const record = JSON.parse(line) as Partial<BatchRecord> | null;
    return record?.submission !== undefined && record.report ? (record as BatchRecord) : undefined;
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

function unusable(what: string, error: unknown): InfrastructureError {
  return new InfrastructureError(
    `${what} cannot be used: ${messageOf(error)}\nNothing that was graded before is lost: mend that, and run the same command again.`,
    { cause: error },
  );
}
