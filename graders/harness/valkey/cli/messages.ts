import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { messageOf } from '../../base/errors.ts';
import { ConnectionClosedError } from '../client/command-connection.ts';

/** What went wrong, as valkey-cli tells it on stderr. */
export function explain(error: unknown): string {
  return error instanceof ConnectionClosedError ? `Error: ${error.message}` : messageOf(error);
}

/** The error of a system call in the words of the C library: `Connection refused`. */
export function systemMessage(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOTFOUND') return 'Name or service not known';
  const number = (constants.errno as Record<string, number>)[code];
  const [, text] = (number !== undefined && getSystemErrorMap().get(-number)) || [];
  return text === undefined ? messageOf(error) : text.charAt(0).toUpperCase() + text.slice(1);
}
