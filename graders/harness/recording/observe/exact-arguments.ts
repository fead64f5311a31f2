import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { cutValue, toValue, type Value } from '../../base/bytes.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { isPlain, type MonitorLine, nameOf, piecesOf } from '../../evidence/monitor-line.ts';
import {
  candidatesOf,
  printBare,
  printWhole,
  type ReadArgument,
  type Reading,
  readingsOf,
} from './bare-printing.ts';
import { type LoggedCommand, readCommandLog } from './command-log.ts';
import type { GraderSession } from './grader-session.ts';

/** As much of a command as is printed is looked up in the log: a long argument is logged to its 128th byte. */
const LOOKED_UP = 96;
/** So many comparisons are made in all: a loop of long commands is cheap, and what is made to be slow is not. */
const COMPARISONS = 2_000_000;
/** So many texts of scripts are asked for at a time. */
const SCRIPTS = 5_000;
/** Where the text of a script stands among the arguments. */
const SCRIPT_AT: Readonly<Record<string, number>> = { EVAL: 1, EVAL_RO: 1, 'SCRIPT LOAD': 2 };

/** What is known of the arguments of a command, and how many there were behind these. */
interface Known {
  args: Value[];
  more: number;
}

/**
 * The arguments of commands that a server printed which leaves quotes and backslashes as they are. They are what it
 * logged; what the log has cut is read in every way that it may be, and the text of a script is one that the server
 * knows. Of what may still be one thing or another, nothing is told.
 */
export class ExactArguments {
  readonly #whole = new Map<string, LoggedCommand[]>();
  readonly #partly = new Map<string, LoggedCommand[]>();
  readonly #scripts = new Set<string>();
  readonly #found = new Map<string, Known | undefined>();
  #comparisons = 0;

  /** Without a log, what may be read in two ways is not known. */
  constructor(log: readonly LoggedCommand[] = []) {
    const seen = new Set<string>();
    for (const command of log) {
      const id = JSON.stringify(command);
      if (seen.has(id)) continue;
      seen.add(id);
      const whole = printWhole(command);
      if (whole === undefined) add(this.#partly, startOf(command), command);
      else add(this.#whole, whole, command);
    }
  }

  /** What the server knows of the commands that were printed. `lines` are those whose scripts it is asked about. */
  static async ask(session: GraderSession, lines: readonly MonitorLine[]): Promise<ExactArguments> {
    const exact = new ExactArguments(await readCommandLog(session));
    await exact.#prove(session, lines);
    return exact;
  }

  /** The line with its arguments as they were sent, as far as that is known. */
  of(line: MonitorLine): MonitorLine {
    const known = line.missing === 0 && line.more === 0 ? this.#known(line) : undefined;
    return known ? { ...line, ...known } : withoutDoubtful(line);
  }

  /** Asks the server which of the texts that may be scripts it has run or loaded. */
  async #prove(session: GraderSession, lines: readonly MonitorLine[]): Promise<void> {
    const texts = lines.flatMap((line) => {
      const at = SCRIPT_AT[nameOf(line.text)] ?? -1;
      return this.#readings(printedOf(line)).flatMap(({ args }) => textsOf(args[at]));
    });
    const shas = [...new Set(texts.map(shaOf))];
    for (let start = 0; start < shas.length; start += SCRIPTS) {
      const asked = shas.slice(start, start + SCRIPTS);
      const [there] = await session.callAll([['SCRIPT', 'EXISTS', ...asked]]);
      for (const [index, sha] of asked.entries())
        if ((there as number[])[index] === 1) this.#scripts.add(sha);
    }
  }

  #known(line: MonitorLine): Known | undefined {
    const printed = printedOf(line);
    if (!this.#found.has(printed)) this.#found.set(printed, this.#find(line, printed));
    return this.#found.get(printed);
  }

  #find(line: MonitorLine, printed: string): Known | undefined {
    const at = SCRIPT_AT[nameOf(line.text)];
    const readings = this.#readings(printed).map((reading) => this.#withScript(reading, at));
    const proven = readings.filter(({ isProven }) => isProven);
    const found = (proven.length > 0 ? proven : readings).map(({ reading }) => knownOf(reading));
    return found.length > 0 ? inCommon(found) : undefined;
  }

  #readings(printed: string): Reading[] {
    const whole = this.#whole.get(printed) ?? [];
    const partly = this.#partly.get(printed.slice(0, LOOKED_UP)) ?? [];
    this.#comparisons += partly.length;
    if (this.#comparisons > COMPARISONS) return [];
    const found = [...whole, ...partly].map((command) => readingsOf(printed, command));
    return found.includes(undefined) ? [] : found.flatMap((readings) => readings ?? []);
  }

  #withScript(reading: Reading, at: number | undefined): { reading: Reading; isProven: boolean } {
    const script = at === undefined ? undefined : reading.args[at];
    const texts = textsOf(script).filter((text) => this.#scripts.has(shaOf(text)));
    const [text] = texts;
    if (!text || texts.length > 1) return { reading, isProven: texts.length > 1 };
    const proven = { head: text, length: text.length, rest: '' };
    return { reading: { ...reading, args: reading.args.with(at ?? 0, proven) }, isProven: true };
  }
}

function add(map: Map<string, LoggedCommand[]>, key: string, command: LoggedCommand): void {
  const found = map.get(key);
  if (found) found.push(command);
  else map.set(key, [command]);
}

/** The beginning of a command of which not all was logged, as it is printed. */
function startOf({ args }: LoggedCommand): string {
  const cut = args.findIndex(({ head, length }) => head.length < length);
  const whole = cut === -1 ? args : args.slice(0, cut + 1);
  return `"${whole.map(({ head }) => printBare(head)).join('" "')}`.slice(0, LOOKED_UP);
}

function printedOf({ text }: MonitorLine): string {
  return text.slice(text.indexOf('] "') + 2);
}

/** The texts that an argument may be. */
function textsOf(argument: ReadArgument | undefined): Buffer[] {
  if (!argument) return [];
  return argument.rest === '' ? [argument.head] : (candidatesOf(argument) ?? []);
}

function shaOf(text: Buffer): string {
  return createHash('sha1').update(text).digest('hex');
}

function knownOf({ args, total }: Reading): Known {
  const end = args.findIndex(({ length }) => Number.isNaN(length));
  const known = (end === -1 ? args : args.slice(0, end)).map(({ head, length }) =>
    head.length === length ? toValue(head, EvidenceLimits.valueBytes) : cutValue(head, length),
  );
  return { args: known, more: total - known.length };
}

/** What is the same in all of them. */
function inCommon(found: readonly Known[]): Known {
  const [first = { args: [], more: 0 }, ...others] = found;
  if (others.every((other) => isDeepStrictEqual(other, first))) return first;
  const end = first.args.findIndex((arg, index) =>
    others.some(({ args }) => !isDeepStrictEqual(args[index], arg)),
  );
  const args = end === -1 ? first.args : first.args.slice(0, end);
  const total = Math.max(...found.map((one) => one.args.length + one.more));
  return { args, more: Math.max(1, total - args.length) };
}

/** A line that the server did not log, with the arguments that can be nothing else. */
function withoutDoubtful(line: MonitorLine): MonitorLine {
  if (isPlain(line)) return line;
  const pieces = piecesOf(line);
  const isOfScript = Object.hasOwn(SCRIPT_AT, nameOf(line.text));
  const doubtful = pieces.findIndex((piece) => piece === '' || /["\\]/.test(piece));
  const known = isOfScript || doubtful === -1 ? 1 : Math.max(1, doubtful);
  return {
    ...line,
    args: pieces.slice(0, known),
    missing: 0,
    more: Math.max(1, pieces.length - known + line.more),
  };
}
