import { InfrastructureError, messageOf } from '../../../base/errors.ts';
import { patientTimeout } from '../../../base/patient-timeout.ts';
import type { ProcessEvidence } from '../../../evidence/evidence.ts';
import { connectOptions, type ServerAddress } from '../../../valkey/client/address.ts';
import { CommandConnection } from '../../../valkey/client/command-connection.ts';
import type { Reply } from '../../../valkey/client/reply.ts';
import { CapturedOutput } from '../captured-output.ts';
import type { ScriptLimits } from '../limits.ts';
import type { Deputy } from '../sandbox.ts';
import { exchange, leaves, printed, READ_LIMITS } from './exchange.ts';
import { type FileCommand, parseCommandFile } from './parse.ts';
import { CommandReplies } from './replies.ts';

/** Where commands are sent to, and what they may take; `name` is what messages call them. */
export interface CommandsRequest {
  name: string;
  address: ServerAddress;
  limits: ScriptLimits;
  deputy?: Deputy;
}

export interface CommandFileRequest extends CommandsRequest {
  source: string;
}

export type CommandsOutcome = { process: ProcessEvidence } & ReturnType<CommandReplies['result']>;

/**
 * Runs a command file over a connection of its own, as the learner would in valkey-cli: one command after
 * the other, replies printed as valkey-cli prints them, an error reply does not stop it.
 * Exit code 1 where some line cannot be read, or the server closes the connection.
 * Throws InfrastructureError where the server cannot be reached.
 */
export async function runCommandFile(request: CommandFileRequest): Promise<CommandsOutcome> {
  const { commands, problems, notes } = parseCommandFile(request.source);
  const run = new CommandsRun(request);
  await run.sendAll(commands);
  for (const { line, message } of problems) run.complain(line, message);
  for (const { line, message } of notes) run.note(line, message);
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
  readonly #replies = new CommandReplies();
  #exitCode = 0;
  #timedOut = false;

  constructor(request: CommandsRequest) {
    this.#request = request;
    this.#stdout = new CapturedOutput(request.limits.outputBytes);
    this.#stderr = new CapturedOutput(request.limits.outputBytes);
  }

  complain(line: number, message: string): void {
    this.note(line, message);
    this.#exitCode = 1;
  }

  note(line: number, message: string): void {
    this.#stderr.add(Buffer.from(`${this.#request.name}:${line}: ${message}\n`));
  }

  async sendAll(commands: readonly FileCommand[]): Promise<void> {
    if (commands.length === 0) return;
    let line = 0;
    const connection = await open(this.#request.address);
    const timeout = patientTimeout(this.#request.limits.timeMs, () => {
      this.#timedOut = true;
      connection.close();
    });
    try {
      for (const command of commands) {
        line = command.line;
        if (leaves(command)) break;
        const instead = await this.#request.deputy?.(command.args);
        if (instead) this.#take(command, instead, true);
        else
          for await (const { reply, answers } of exchange(connection, command))
            this.#take(command, reply, answers);
      }
    } catch (error) {
      if (!this.#timedOut) this.complain(line, messageOf(error));
    } finally {
      timeout.clear();
      connection.close();
    }
  }

  #take(command: FileCommand, reply: Reply, answers: boolean): void {
    const answer = printed(command, reply);
    this.#stdout.add(Buffer.from(answer.text));
    this.#stdout.countCut(answer.missing);
    if (answers) this.#replies.add(command, answer);
  }

  result(): CommandsOutcome {
    return {
      ...this.#replies.result(),
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
    return await CommandConnection.open(connectOptions(address), READ_LIMITS);
  } catch (error) {
    throw new InfrastructureError(`The grading server could not be reached: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
