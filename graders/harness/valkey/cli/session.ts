import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandConnection } from '../client/command-connection.ts';
import type { Reply } from '../client/reply.ts';
import { formatOutput } from './format.ts';
import { linesOf } from './lines.ts';
import { explain, systemMessage } from './messages.ts';
import type { CliOptions } from './options.ts';
import { runPipe } from './pipe.ts';
import { scanKeys } from './scan.ts';
import type { CliStreams } from './streams.ts';
import { evalCommand, readLine, toBuffers } from './words.ts';

/** Commands that answer once for each of their arguments. */
const ANSWERS_PER_ARGUMENT = /^(?:p|s)?(?:un)?subscribe$/i;
/** Commands after which the server goes on sending by itself. */
const STREAMS = /^(?:(?:p|s)?subscribe|monitor)$/i;
const LEAVE = /^(?:quit|exit)$/i;

/** A run of valkey-cli: its connection, and what is done with it. */
export class CliSession {
  readonly #options: CliOptions;
  readonly #streams: CliStreams;
  #connection: CommandConnection | undefined;

  constructor(options: CliOptions, streams: CliStreams) {
    this.#options = options;
    this.#streams = streams;
  }

  /** Does what the options ask for. Resolves to the exit code; rejects where there is no connection. */
  async run(): Promise<number> {
    const { scan, command, evalFile, pipe } = this.#options;
    try {
      if (pipe) return await runPipe(await this.#connect(), this.#streams);
      if (scan) return await this.#scan();
      if (evalFile !== undefined) return await this.#runArguments(await evalCommand(evalFile, command));
      if (command.length > 0) return await this.#runArguments(toBuffers(command));
      return await this.#runLines();
    } finally {
      this.#connection?.close();
    }
  }

  /** The connection, opened where there is none. */
  async #connect(): Promise<CommandConnection> {
    this.#connection ??= await this.#open();
    return this.#connection;
  }

  async #runArguments(words: readonly Buffer[]): Promise<number> {
    const { repeat, interval, lastFromStdin, errorExit } = this.#options;
    const args = lastFromStdin ? [...words, await buffer(this.#streams.stdin)] : words;
    const connection = await this.#connect();
    for (let round = 0; repeat < 0 || round < repeat; round += 1) {
      let reply = await connection.send(args);
      if (reply.type === 'error' && errorExit) {
        this.#streams.stderr.write(`${reply.value}\n`);
        return 1;
      }
      this.#print(args, reply);
      while (STREAMS.test(nameOf(args)) && reply.type !== 'error') {
        reply = await connection.read();
        this.#print(args, reply);
      }
      if (interval > 0) await sleep(interval * 1000);
    }
    return 0;
  }

  /** Runs the commands of stdin, one a line. One that fails is told, and the next one is tried. */
  async #runLines(): Promise<number> {
    await this.#connect().catch((error) => this.#complain(error));
    for await (const line of linesOf(this.#streams.stdin)) {
      const command = readLine(line);
      if (command === null) this.#streams.stdout.write('Invalid argument(s)\n');
      else if (command.times <= 0)
        this.#streams.stdout.write('Invalid valkey-cli repeat command option value.\n');
      else if (LEAVE.test(nameOf(command.args))) break;
      else if (command.args.length > 0)
        await this.#runLine(command.args, command.times).catch((error) => this.#complain(error));
    }
    return 0;
  }

  async #runLine(args: readonly Buffer[], times: number): Promise<void> {
    const connection = await this.#connect();
    try {
      for (let round = 0; round < times; round += 1) await this.#runOnce(connection, args);
    } catch (error) {
      // The next line gets a new connection.
      this.#connection = undefined;
      throw error;
    }
  }

  async #runOnce(connection: CommandConnection, args: readonly Buffer[]): Promise<void> {
    const name = nameOf(args);
    let expected = ANSWERS_PER_ARGUMENT.test(name) ? Math.max(1, args.length - 1) : 1;
    if (/^monitor$/i.test(name)) expected = Number.POSITIVE_INFINITY;
    connection.write(args);
    for (let answer = 0; answer < expected; answer += 1) {
      const reply = await connection.read();
      this.#print(args, reply);
      if (reply.type === 'error') break;
    }
  }

  async #scan(): Promise<number> {
    for await (const key of scanKeys(await this.#connect(), this.#options)) this.#print([], key);
    return 0;
  }

  async #open(): Promise<CommandConnection> {
    const { host, port, socket, protocol, user, password, db } = this.#options;
    let connection: CommandConnection;
    try {
      connection = await CommandConnection.open(socket === undefined ? { host, port } : { path: socket });
    } catch (error) {
      const place = socket ?? `${host}:${port}`;
      throw new Error(`Could not connect to Valkey at ${place}: ${systemMessage(error)}`, { cause: error });
    }
    if (password !== undefined)
      await this.#prepare(connection, 'AUTH', ['AUTH', ...(user === undefined ? [] : [user]), password]);
    if (db !== 0) await this.#prepare(connection, `SELECT ${db}`, ['SELECT', String(db)]);
    if (protocol !== undefined)
      await this.#prepare(connection, `HELLO ${protocol}`, ['HELLO', String(protocol)]);
    return connection;
  }

  /** Sends what makes a connection ready. valkey-cli goes on where the server refuses it. */
  async #prepare(connection: CommandConnection, title: string, words: readonly string[]): Promise<void> {
    const reply = await connection.send(toBuffers(words));
    if (reply.type === 'error') this.#streams.stderr.write(`${title} failed: ${reply.value}\n`);
  }

  #complain(error: unknown): void {
    this.#streams.stderr.write(`${explain(error)}\n`);
  }

  #print(command: readonly Buffer[], reply: Reply): void {
    this.#streams.stdout.write(formatOutput(this.#options.output, command, reply));
  }
}

function nameOf(args: readonly Buffer[]): string {
  return args[0]?.toString() ?? '';
}
