import type { RunView } from '../../checks/run-view.ts';
import type { TracedCommand } from '../../checks/traced-command.ts';
import type { Cause } from './cause.ts';
import { linesNaming } from './naming.ts';

/** A script that sent a command so shortly before its time was over was busy, and not idle. */
const BUSY_SHARE = 0.2;

/** Where a command says how long it waits, in units of so many ms; null for one that waits for good. */
const WAITING: Readonly<Record<string, ((args: TracedCommand['args']) => number | null) | null>> = {
  SUBSCRIBE: null,
  PSUBSCRIBE: null,
  SSUBSCRIBE: null,
  MONITOR: null,
  ...Object.fromEntries(
    ['BLPOP', 'BRPOP', 'BRPOPLPUSH', 'BLMOVE', 'BZPOPMIN', 'BZPOPMAX'].map((name) => [
      name,
      (args: TracedCommand['args']) => limitOf(args.at(-1), 1_000),
    ]),
  ),
  BLMPOP: ([seconds]) => limitOf(seconds, 1_000),
  BZMPOP: ([seconds]) => limitOf(seconds, 1_000),
  WAIT: ([, ms]) => limitOf(ms, 1),
  WAITAOF: ([, , ms]) => limitOf(ms, 1),
  XREAD: blockOf,
  XREADGROUP: blockOf,
};

/** Tells that a script was stopped, and why it had not ended, as far as that shows; undefined for one that was not. */
export function stopped(main: RunView): Cause | undefined {
  const { ended, timeLimitMs, leftOpen } = main.evidence.process;
  if (ended === 'out of memory' || ended === 'too many processes') {
    const what =
      ended === 'out of memory' ? 'used more memory than it is given' : 'started too many processes';
    return { kind: ended, text: stoppedText(`Your script ${what}`) };
  }
  if (ended !== 'timed out') return undefined;
  if (leftOpen)
    return {
      kind: 'time limit',
      text: 'Your script had nothing left to do, but did not end: a client was still open. It was stopped early, and what it had done was graded.',
      advice: quitAdvice(main),
    };
  const text = stoppedText(`Your script was still running after ${timeLimitMs / 1000} s`);
  return { kind: 'time limit', text, ...reasonOf(main) };
}

function stoppedText(why: string): string {
  return `${why}, so it was stopped. What it had done by then was graded.`;
}

function reasonOf(main: RunView): Pick<Cause, 'advice' | 'line'> {
  const { clock, trace, process } = main.evidence;
  const end = clock.serverStart + process.timeLimitMs;
  const at = ({ index }: TracedCommand) => (trace.entries[index]?.at ?? 0) / 1000;
  const own = main.commands.filter(({ lua }) => !lua);
  const silent = main.language === 'command-file' ? own.find(silencesServer) : undefined;
  if (silent) {
    const { line, where } = placeOf(main, silent);
    return {
      advice: `From ${silent.text}${where} on the server answers nothing, and each command waits for its answer: leave it out.`,
      ...(line !== null && { line }),
    };
  }
  const waiting = lastOfEach(main, own).find((command) => waits(command, end - at(command)));
  if (waiting) {
    const { line, where } = placeOf(main, waiting);
    const listens = WAITING[waiting.name] === null && isNode(main) ? ` ${QUIT}` : '';
    return {
      advice: `The last that it sent was ${waiting.text}${where}, which ${untilWhen(waiting)}.${listens}`,
      ...(line !== null && { line }),
    };
  }
  const last = own.at(-1);
  if (!last) return {};
  if (end - at(last) < BUSY_SHARE * process.timeLimitMs) {
    // What a client tries again and again is no loop of the script.
    if (main.failed(last)) return {};
    const { line, where } = placeOf(main, last);
    return {
      advice: `It was still sending commands, the last of them ${last.text}${where}: look for a loop without an end.`,
      ...(line !== null && { line }),
    };
  }
  return isNode(main) ? { advice: quitAdvice(main) } : {};
}

function quitAdvice({ source }: RunView): string {
  const quits = /\b(?:quit|disconnect|close|destroy|exit)\s*\(/.test(source ?? '');
  return quits
    ? 'Node runs on as long as a connection is open: look whether each client gets to its `quit()`.'
    : QUIT;
}

const QUIT =
  'Node runs on as long as a connection is open: end your script with `await client.quit()`, on each client by its name.';

function isNode({ language }: RunView): boolean {
  return language === 'javascript' || language === 'typescript';
}

/** The line of a command, and how it is told behind the command; of a loop, the only line that names it. */
function placeOf(main: RunView, command: TracedCommand): { line: number | null; where: string } {
  const naming = linesNaming(main, command.name);
  const line = main.note(command).line ?? (naming.length === 1 ? (naming[0] ?? null) : null);
  return { line, where: line === null ? '' : ` (line ${line})` };
}

function untilWhen(command: TracedCommand): string {
  if (WAITING[command.name] === null) return 'listens until the script is ended';
  return waitsForGood(command)
    ? 'waits without a limit for something to come'
    : 'waits longer than the time that was left';
}

/** The last command of each connection. */
function lastOfEach(main: RunView, commands: readonly TracedCommand[]): TracedCommand[] {
  const last = new Map<string, TracedCommand>();
  for (const command of commands) {
    const { source = '' } = main.evidence.trace.entries[command.index] ?? {};
    last.set(source, command);
  }
  return [...last.values()].reverse();
}

function silencesServer({ name, args }: TracedCommand): boolean {
  return name === 'CLIENT REPLY' && /^(?:OFF|SKIP)$/i.test(args[0] ?? '');
}

function waitsForGood({ name, args }: TracedCommand): boolean {
  const limit = WAITING[name];
  return limit === null || limit?.(args) === 0;
}

/** True for a command that waits for so many ms at least. */
function waits(command: TracedCommand, ms: number): boolean {
  if (waitsForGood(command)) return true;
  const limit = WAITING[command.name]?.(command.args) ?? null;
  return limit !== null && limit >= ms;
}

/** The limit in ms, 0 for none; null where it cannot be told. */
function limitOf(text: string | null | undefined, unit: number): number | null {
  const number = text === null || text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? null : number * unit;
}

function blockOf(args: TracedCommand['args']): number | null {
  const block = args.findIndex((arg) => arg?.toUpperCase() === 'BLOCK');
  return block === -1 ? null : limitOf(args[block + 1], 1);
}
