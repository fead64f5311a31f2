import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../../base/errors.ts';
import { printable } from '../../base/text/printable.ts';
import { SubmissionLimits } from './limits.ts';
import { withOwnFiles } from './own-fault.ts';

/**
 * A script's bytes; null where there are more of them than `limit`, of which none is read then: a file that is
 * mostly holes takes no room where it lies. Throws UsageError where it cannot be read.
 */
export function readScript(path: string, limit: number): Promise<Buffer | null> {
  return withOwnFiles(
    (reason) => `${printable(basename(path))} cannot be read: ${reason}`,
    async () => {
      const file = await open(path, 'r');
      try {
        return (await file.stat()).size > limit ? null : await file.readFile();
      } finally {
        await file.close();
      }
    },
  );
}

/** The text of a command file. Throws UsageError where it is too large for one, or cannot be read. */
export async function readCommandFile(path: string): Promise<string> {
  const bytes = await readScript(path, SubmissionLimits.commandFileBytes);
  if (bytes) return textFrom(bytes);
  throw new UsageError(
    `${printable(basename(path))} has more than ${SubmissionLimits.commandFileBytes / 1024 / 1024} MiB, which is the most that a command file may have.`,
  );
}

/** Text as editors write it: UTF-8, or what a byte order mark in front says. */
function textFrom(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
