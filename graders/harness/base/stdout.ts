import { closeSync, fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { messageOf, UsageError } from './errors.ts';
import { printableLines } from './text/printable.ts';
import { withoutWorkflowCommands } from './text/workflow-commands.ts';

/** Writes to stdout; resolves when it is through, however slowly a pipe is read. Throws UsageError. */
export function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      // A reader that has enough (`| head`) closes the pipe, and a terminal may be closed: no fault of anybody.
      if (!error || hasNoReader(error)) resolve();
      else reject(new UsageError(`stdout cannot be written: ${messageOf(error)}`, { cause: error }));
    });
  });
}

/**
 * Tells the person who waits what is being done or has gone wrong; stdout is for results. Names that learners chose
 * may be part of it: no terminal and no log of a workflow acts upon them.
 */
export function notify(text: string): void {
  process.stderr.write(`${withoutWorkflowCommands(printableLines(text))}\n`);
}

/** Keeps a stream that cannot be written from ending the process with a stack trace. */
export function tolerateWriteErrors(): void {
  for (const stream of [process.stdout, process.stderr]) {
    // What must be told is told by the call that wrote.
    stream.on('error', () => undefined);
  }
}

/**
 * Keeps a terminal that was closed from ending the process with a stack trace instead of its exit code: when Node ends
 * it puts terminals back as they were, and aborts if one is gone.
 */
export function tolerateClosedTerminals(): void {
  process.once('exit', () => {
    for (const stream of [0, 1, 2]) if (isDevice(stream) && !isatty(stream)) closeSync(stream);
  });
}

/** True for a terminal, also when it is gone: then nothing else tells it from other devices, such as /dev/null. */
function isDevice(stream: number): boolean {
  try {
    return fstatSync(stream).isCharacterDevice();
  } catch {
    // Not open.
    return false;
  }
}

function hasNoReader(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || (code === 'EIO' && isDevice(process.stdout.fd));
}
