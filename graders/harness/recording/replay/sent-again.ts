import { toBuffer, type Value } from '../../base/bytes.ts';
import { commandName } from '../../evidence/command-name.ts';

/**
 * A command of the trace as it is sent once more; null for one that is not: it would end the connection, or what
 * comes over it could not be told apart any more. AUTH and its password are not in a trace.
 */
export function sentAgain(args: readonly Value[]): Buffer[] | null {
  const name = commandName(args);
  if (name === 'AUTH' || name === 'QUIT' || name === 'CLIENT REPLY') return null;
  // Behind the version stand AUTH and SETNAME.
  return (name === 'HELLO' ? args.slice(0, 2) : args).map(toBuffer);
}

/** How long a command that may wait for what others do waits at most, in ms; infinite for 0. */
export function waitsMs(args: readonly Value[]): number {
  const words = args.map((arg) => toBuffer(arg).toString().toUpperCase());
  const name = words[0] ?? '';
  const block = words.indexOf('BLOCK');
  const told = name.startsWith('X')
    ? Number(words[block + 1])
    : name.startsWith('WAIT')
      ? Number(words.at(-1))
      : Number(name.endsWith('MPOP') ? words[1] : words.at(-1)) * 1000;
  return told > 0 ? told : Number.POSITIVE_INFINITY;
}
