import { InfrastructureError, messageOf } from '../../errors.ts';
import { toValue } from '../../evidence/bytes.ts';
import type { CommandReply, ProcessEvidence } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { connectOptions, type ServerAddress } from '../../valkey/address.ts';
import { CommandConnection } from '../../valkey/command-connection.ts';
import { formatReplyTo } from '../../valkey/format-reply.ts';
import type { Reply } from '../../valkey/reply.ts';
import { CapturedOutput } from '../captured-output.ts';
import type { ScriptLimits } from '../limits.ts';
import { type FileCommand, parseCommandFile } from './parse.ts';

/** Commands that answer once for each of their arguments, in RESP3 by pushes. */
const SUBSCRIPTION = /^(?:p|s)?(?:un)?subscribe$/i;
/** Commands that end a session in valkey-cli without reaching the server. */
const LEAVE = /^(?:quit|exit)$/i;

/** Where commands are sent to, and what they may take; `name` is what messages call them. */
export interface CommandsRequest {
  name: string;
  address: ServerAddress;
  limits: ScriptLimits;
}

export interface CommandFileRequest extends CommandsRequest {
  source: string;
}

export type CommandsOutcome = { process: ProcessEvidence; replies: CommandReply[] };

/**
 * Runs a command file over a connection of its own, as the learner would in valkey-cli: one command after
 * the other, replies printed as valkey-cli prints them, an error reply does not stop it.
 * Exit code 1 where the file cannot be read to its end or the server closes the connection.
 * Throws InfrastructureError where the server cannot be reached.
 */
export async function runCommandFile(request: CommandFileRequest): Promise<CommandsOutcome> {
  const { commands, problem } = parseCommandFile(request.source);
  const run = new CommandsRun(request);
  await run.sendAll(commands);
  if (problem) run.complain(`${request.name}:${problem.line}: ${problem.message}`);
  return run.result();
}

/** Runs commands that were read already, as {@link runCommandFile} does those of a file. */
export async function runCommands(
  commands: readonly FileCommand[],
  request: CommandsRequest,
): Promise<CommandsOutcome> {
  const run = new CommandsRun(request);
  await run.sendAll(commands);
  return run.result();
}

class CommandsRun {
  readonly #request: CommandsRequest;
  readonly #stdout: CapturedOutput;
  readonly #stderr: CapturedOutput;
  readonly #replies: CommandReply[] = [];
  #exitCode = 0;
  #timedOut = false;

  constructor(request: CommandsRequest) {
    this.#request = request;
    this.#stdout = new CapturedOutput(request.limits.outputBytes);
    this.#stderr = new CapturedOutput(request.limits.outputBytes);
  }

  complain(message: string): void {
    this.#stderr.add(Buffer.from(`${message}\n`));
    this.#exitCode = 1;
  }

  async sendAll(commands: readonly FileCommand[]): Promise<void> {
    if (commands.length === 0) return;
    let line = 0;
    const connection = await open(this.#request.address);
    const timer = setTimeout(() => {
      this.#timedOut = true;
      connection.close();
    }, this.#request.limits.timeMs);
    try {
      for (const command of commands) {
        line = command.line;
        const name = command.args[0]?.toString() ?? '';
        if (LEAVE.test(name)) break;
        connection.write(command.args);
        let missing = SUBSCRIPTION.test(name) ? Math.max(1, command.args.length - 1) : 1;
        while (missing > 0) {
          const reply = await connection.read();
          this.#print(command, reply);
          if (!answers(reply, name)) continue;
          this.#keep(command, reply);
          missing -= 1;
        }
      }
    } catch (error) {
      if (!this.#timedOut) this.complain(`${this.#request.name}:${line}: ${messageOf(error)}`);
    } finally {
      clearTimeout(timer);
      connection.close();
    }
  }

  result(): CommandsOutcome {
    return {
      replies: this.#replies,
      process: {
        ended: this.#timedOut ? 'timed out' : 'exited',
        exitCode: this.#timedOut ? null : this.#exitCode,
        signal: null,
        timeLimitMs: this.#request.limits.timeMs,
        stdout: this.#stdout.result(),
        stderr: this.#stderr.result(),
      },
    };
  }

  #print(command: FileCommand, reply: Reply): void {
    this.#stdout.add(Buffer.from(formatReplyTo(command.args, reply)));
  }

  #keep(command: FileCommand, reply: Reply): void {
    if (this.#replies.length >= EvidenceLimits.traceHead) return;
    this.#replies.push({
      line: command.line,
      args: command.args.slice(0, EvidenceLimits.args).map((arg) => toValue(arg, EvidenceLimits.valueBytes)),
      reply: cutText(formatReplyTo(command.args, reply).trimEnd()),
      error: reply.type === 'error',
    });
  }
}

/** False for what comes in between by itself: a message of a subscription, an invalidation. */
function answers(reply: Reply, command: string): boolean {
  if (reply.type !== 'push') return true;
  const [kind] = reply.items;
  const name = kind?.type === 'bulk' ? kind.value.toString() : '';
  return SUBSCRIPTION.test(command) && name === command.toLowerCase();
}

function cutText(text: string): string {
  const limit = EvidenceLimits.valueBytes;
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters in all)`;
}

async function open(address: ServerAddress): Promise<CommandConnection> {
  try {
    return await CommandConnection.open(connectOptions(address));
  } catch (error) {
    throw new InfrastructureError(`The grading server could not be reached: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
