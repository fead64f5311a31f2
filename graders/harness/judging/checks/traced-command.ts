import { textOf, toBuffer } from '../../base/bytes.ts';
import { showArgument } from '../../base/text/printable.ts';
import { hasSubcommand } from '../../evidence/command-name.ts';
import type { TraceEntry } from '../../evidence/evidence.ts';

/** A command of the trace in the form that checks work with. */
export interface TracedCommand {
  /** Position in the trace. */
  index: number;
  /** Upper case; with the subcommand where the command has some: `SCRIPT LOAD`. */
  name: string;
  /** The arguments behind the name; those that are not text or were cut are null. */
  args: (string | null)[];
  db: number;
  /** True for a command that a Lua script ran. */
  lua: boolean;
  /** The line in the learner's script; null where it cannot be told. */
  line: number | null;
  /** As one would type it, long arguments cut. */
  readonly text: string;
}

/** Brings a trace entry into the form that checks work with. */
export function tracedCommand(entry: TraceEntry, index: number): TracedCommand {
  return new Traced(entry, index);
}

/** Its text is made when it is asked for: few of the commands of a trace are ever shown. */
class Traced implements TracedCommand {
  readonly index: number;
  readonly name: string;
  readonly args: (string | null)[];
  readonly db: number;
  readonly lua: boolean;
  readonly line: number | null;
  readonly #entry: TraceEntry;

  constructor(entry: TraceEntry, index: number) {
    const { args, db, source, line } = entry;
    const first = (textOf(args[0]) ?? '').toUpperCase();
    const sub = hasSubcommand(first) ? textOf(args[1]) : undefined;
    this.index = index;
    this.name = sub === undefined ? first : `${first} ${sub.toUpperCase()}`;
    this.args = args.slice(sub === undefined ? 1 : 2).map((arg) => textOf(arg) ?? null);
    this.db = db;
    this.lua = source === 'lua';
    this.line = line;
    this.#entry = entry;
  }

  get text(): string {
    return commandText(this.#entry);
  }
}

/** Clients send these by themselves: they are no part of what a learner wrote. */
const HANDSHAKE =
  /^(?:HELLO|AUTH|INFO|SELECT|PING|QUIT|CLIENT SETINFO|CLIENT SETNAME|CLIENT ID|COMMAND(?: .*)?)$/;

/** True for what a client library sends on its own when it connects or leaves. */
export function isHandshake(command: TracedCommand): boolean {
  return HANDSHAKE.test(command.name);
}

/** A command as one would type it, cut to a length that can be read; it says how many arguments nobody has seen. */
export function commandText(
  { args, arguments: total = 0 }: Pick<TraceEntry, 'args' | 'arguments'>,
  limit = 120,
): string {
  const [name, ...rest] = args;
  const words = [
    name === undefined ? '' : toBuffer(name).toString().toUpperCase(),
    ...rest.slice(0, 20).map((arg) => showArgument(arg)),
  ];
  const text = words.join(' ') + (rest.length > 20 ? ' …' : '');
  const shown = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return total > args.length ? `${shown} … and ${total - args.length} more` : shown;
}
