import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../errors.ts';
import type { CommandConnection } from '../command-connection.ts';
import { formatRawReply, formatReplyTo } from '../format-reply.ts';
import { splitArguments } from '../quoting.ts';
import type { Reply } from '../reply.ts';
import type { CliOptions } from './options.ts';

/** Commands after which the server goes on sending by itself. */
const STREAMS = /^(?:(?:p|s)?subscribe|monitor)$/i;

/** One connection of valkey-cli and what is done with it. */
export class CliSession {
  readonly #connection: CommandConnection;
  readonly #options: CliOptions;

  constructor(connection: CommandConnection, options: CliOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Does what the options ask for. Resolves to the exit code; rejects where the connection is lost. */
  async run(): Promise<number> {
    await this.#begin();
    const { scan, command, evalFile } = this.#options;
    if (scan) return this.#scan();
    if (evalFile !== undefined) return this.#runOne(await evalCommand(evalFile, command));
    return command.length > 0 ? this.#runArguments(command) : this.#runLines();
  }

  async #begin(): Promise<void> {
    const { protocol, user, password, db } = this.#options;
    if (password !== undefined)
      await this.#require(['AUTH', ...(user === undefined ? [] : [user]), password]);
    if (protocol !== undefined) await this.#require(['HELLO', String(protocol)]);
    if (db !== undefined) await this.#require(['SELECT', String(db)]);
  }

  async #require(command: readonly string[]): Promise<void> {
    const reply = await this.#connection.send(command.map((word) => Buffer.from(word)));
    if (reply.type === 'error') process.stderr.write(`${command[0]} failed: ${reply.value}\n`);
  }

  async #runArguments(command: readonly string[]): Promise<number> {
    const { repeat, interval, lastFromStdin } = this.#options;
    const args = command.map((word) => Buffer.from(word));
    if (lastFromStdin) args.push(await buffer(process.stdin));
    let code = 0;
    for (let round = 0; repeat < 0 || round < repeat; round += 1) {
      code = await this.#runOne(args);
      if (code !== 0) break;
      if (interval > 0) await sleep(interval * 1000);
    }
    return code;
  }

  /** Runs the commands of stdin, one a line. */
  async #runLines(): Promise<number> {
    let code = 0;
    for await (const line of createInterface({ input: process.stdin })) {
      const args = readLine(line);
      if (args === null) process.stdout.write('Invalid argument(s)\n');
      else if (/^(?:quit|exit)$/i.test(args[0]?.toString() ?? '')) break;
      else if (args.length > 0) code = await this.#runOne(args);
      if (code !== 0) break;
    }
    return code;
  }

  async #runOne(args: readonly Buffer[]): Promise<number> {
    let reply = await this.#connection.send(args);
    this.#print(args, reply);
    while (STREAMS.test(args[0]?.toString() ?? '') && reply.type !== 'error') {
      reply = await this.#connection.read();
      this.#print(args, reply);
    }
    return reply.type === 'error' && this.#options.errorExit ? 1 : 0;
  }

  async #scan(): Promise<number> {
    const { pattern } = this.#options;
    const match = pattern === undefined ? [] : ['MATCH', pattern];
    let cursor = '0';
    do {
      const command = ['SCAN', cursor, ...match].map((word) => Buffer.from(word));
      const reply = await this.#connection.send(command);
      const [next, page] = reply.type === 'array' ? reply.items : [];
      if (next?.type !== 'bulk' || page?.type !== 'array')
        throw new Error(`SCAN failed: ${JSON.stringify(reply)}`);
      for (const key of page.items) this.#print(command, key);
      cursor = next.value.toString();
    } while (cursor !== '0');
    return 0;
  }

  #print(command: readonly Buffer[], reply: Reply): void {
    if (!this.#options.raw) process.stdout.write(formatReplyTo(command, reply));
    else process.stdout.write(Buffer.concat([formatRawReply(reply), Buffer.from('\n')]));
  }
}

/** `--eval script.lua key1 key2 , arg1 arg2`. */
async function evalCommand(file: string, words: readonly string[]): Promise<Buffer[]> {
  const script = await readFile(file).catch((error: unknown) => {
    throw new Error(`Can't open file '${file}': ${messageOf(error)}`);
  });
  const comma = words.indexOf(',');
  const keys = comma === -1 ? words : words.slice(0, comma);
  const args = comma === -1 ? [] : words.slice(comma + 1);
  const rest = [String(keys.length), ...keys, ...args].map((word) => Buffer.from(word));
  return [Buffer.from('EVAL'), script, ...rest];
}

/** The words of a line; null where its quotes are not balanced. */
function readLine(line: string): Buffer[] | null {
  try {
    return splitArguments(line);
  } catch {
    // A QuoteError: valkey-cli says no more of it than that.
    return null;
  }
}
