import { createInterface } from 'node:readline';
import type { Colors } from '../../base/text/styles.ts';
import type { Grader } from '../../judging/grader.ts';
import { judge } from '../../judging/report/judge.ts';
import type { Report } from '../../judging/report/report.ts';
import { exchange, leaves, READ_LIMITS } from '../../recording/script/command-file/exchange.ts';
import { parseCommandFile } from '../../recording/script/command-file/parse.ts';
import { connectOptions, type ServerAddress } from '../../valkey/client/address.ts';
import { CommandConnection, ConnectionClosedError } from '../../valkey/client/command-connection.ts';
import { formatReplyTo } from '../../valkey/client/format-reply.ts';
import { allCheckLines, changeLines, changesBetween } from './explain.ts';
import type { LiveEvidence } from './live-evidence.ts';

const PROMPT = 'valkey> ';
/** The word that is for us, not for the server. */
const CHECKS = /^checks$/i;

/** What follows what is typed: the checks, judged after each command. */
interface Explained {
  grader: Grader;
  live: LiveEvidence;
}

export interface TypedRequest {
  address: ServerAddress;
  /** Undefined where nothing is explained. */
  explained: Explained | undefined;
  style: Colors;
}

/** How somebody left: with `quit` or at the end of the input, or with Ctrl-C. */
export type Left = 'quit' | 'interrupted';

/**
 * Reads commands from the terminal (or from stdin) and runs them, as valkey-cli does; where it was asked for,
 * tells after each which checks it changed.
 */
export async function typeCommands(request: TypedRequest): Promise<Left> {
  const session = new TypedSession(request);
  try {
    return await session.run();
  } finally {
    session.close();
  }
}

class TypedSession {
  readonly #request: TypedRequest;
  readonly #isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  readonly #reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: this.#isTerminal,
    prompt: PROMPT,
  });
  #connection: CommandConnection | undefined;
  #report: Report | undefined;
  #number = 0;

  constructor(request: TypedRequest) {
    this.#request = request;
    const { explained } = request;
    if (explained) this.#report = judge(explained.grader, explained.live.evidence);
  }

  async run(): Promise<Left> {
    const interrupted = new Promise<Left>((resolve) =>
      this.#reader.once('SIGINT', () => resolve('interrupted')),
    );
    return Promise.race([this.#readAll(), interrupted]);
  }

  close(): void {
    this.#reader.close();
    this.#connection?.close();
  }

  async #readAll(): Promise<Left> {
    if (this.#isTerminal) this.#reader.prompt();
    for await (const line of this.#reader) {
      // So that what is piped in can be told from what comes out.
      if (!this.#isTerminal) this.#print(PROMPT + line);
      if (!(await this.#runLine(line))) return 'quit';
      if (this.#isTerminal) this.#reader.prompt();
    }
    if (this.#isTerminal) this.#print('');
    return 'quit';
  }

  /** Resolves to false where the line ends the session. */
  async #runLine(line: string): Promise<boolean> {
    if (CHECKS.test(line.trim()) && this.#report) {
      this.#printIndented(allCheckLines(this.#report, this.#request.style));
      return true;
    }
    const { commands, problems } = parseCommandFile(line);
    const [problem] = problems;
    if (problem) this.#print(`Invalid argument(s): ${problem.message}`);
    const [command] = commands;
    if (!command || problem) return true;
    if (leaves(command)) return false;
    try {
      for (const each of commands) {
        this.#number += 1;
        await this.#runCommand({ ...each, line: this.#number }, line);
      }
    } catch (error) {
      if (!(error instanceof ConnectionClosedError)) throw error;
      this.#print(`Error: ${error.message}`);
      this.#connection?.close();
      this.#connection = undefined;
    }
    return true;
  }

  async #runCommand(command: { line: number; args: Buffer[] }, line: string): Promise<void> {
    const { address, explained, style } = this.#request;
    this.#connection ??= await CommandConnection.open(connectOptions(address), READ_LIMITS);
    const connection = this.#connection;
    const onReply = (text: string) => void process.stdout.write(text);
    if (!explained || !this.#report) {
      for await (const { reply } of exchange(connection, command))
        onReply(formatReplyTo(command.args, reply));
      return;
    }
    await explained.live.run(connection, command, line, onReply);
    const after = judge(explained.grader, explained.live.evidence);
    this.#printIndented(changeLines(changesBetween(this.#report, after, command.line), after, style));
    this.#report = after;
  }

  #printIndented(lines: readonly string[]): void {
    this.#print(lines.map((line) => `  ${line}`).join('\n'));
  }

  #print(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}
