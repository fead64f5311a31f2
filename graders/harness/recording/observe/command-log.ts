import type { GraderSession } from './grader-session.ts';

/** So many commands are logged: enough for any run but a flood, and at most 50 MB of the server's memory. */
const ENTRIES = 10_000;
/** Of each argument so many bytes are logged, and of each command so many arguments. Source: commandlog.h. */
const ARGUMENT_BYTES = 128;
const ARGUMENTS = 32;

/** A command as the server logged it: of what is long only the beginning, but how long it is, to the byte. */
export interface LoggedCommand {
  args: readonly LoggedArgument[];
  /** How many arguments there were behind these. */
  more: number;
}

export interface LoggedArgument {
  head: Buffer;
  /** Length of the whole argument in bytes. */
  length: number;
}

/** Has the server log every command that it runs from now on, those of Lua scripts too, in place of the slow ones. */
export async function startCommandLog(session: GraderSession): Promise<void> {
  await session.callAll([
    ['CONFIG', 'SET', 'slowlog-log-slower-than', '0', 'slowlog-max-len', String(ENTRIES)],
    ['SLOWLOG', 'RESET'],
  ]);
}

/** The commands that were logged. */
export async function readCommandLog(session: GraderSession): Promise<LoggedCommand[]> {
  const [log] = await session.callAll([['SLOWLOG', 'GET', '-1']]);
  return (log as [id: number, time: number, micros: number, args: Buffer[]][]).map(([, , , args]) =>
    loggedCommand(args),
  );
}

/** Reads the arguments of an entry of the log. */
export function loggedCommand(args: readonly Buffer[]): LoggedCommand {
  const rest =
    args.length === ARGUMENTS ? /^\.{3} \((\d+) more arguments\)$/.exec(String(args.at(-1))) : null;
  const known = rest ? args.slice(0, -1) : args;
  return { args: known.map(loggedArgument), more: Number(rest?.[1] ?? 0) };
}

function loggedArgument(logged: Buffer): LoggedArgument {
  // Whatever is longer was cut, and says by how much.
  if (logged.length <= ARGUMENT_BYTES) return { head: logged, length: logged.length };
  const more = /^\.{3} \((\d+) more bytes\)$/.exec(logged.subarray(ARGUMENT_BYTES).toString('latin1'));
  const head = logged.subarray(0, ARGUMENT_BYTES);
  return { head, length: ARGUMENT_BYTES + Number(more?.[1] ?? 0) };
}
