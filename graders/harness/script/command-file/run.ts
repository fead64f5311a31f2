import { InfrastructureError, messageOf } from '../../errors.ts';
import type { CommandReply, ProcessEvidence } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { connectOptions, type ServerAddress } from '../../valkey/address.ts';
import { CommandConnection } from '../../valkey/command-connection.ts';
import { formatReplyTo } from '../../valkey/format-reply.ts';
import { CapturedOutput } from '../captured-output.ts';
import type { ScriptLimits } from '../limits.ts';
import { exchange, leaves, replyEvidence } from './exchange.ts';
import { type FileCommand, parseCommandFile } from './parse.ts';

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
        if (leaves(command)) break;
        for await (const { reply, answers } of exchange(connection, command)) {
          this.#stdout.add(Buffer.from(formatReplyTo(command.args, reply)));
          if (answers && this.#replies.length < EvidenceLimits.traceHead)
            this.#replies.push(replyEvidence(command, reply));
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
