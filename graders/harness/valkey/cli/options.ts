import { Command, InvalidArgumentError } from 'commander';

/** What was asked for on the command line. */
export interface CliOptions {
  host: string;
  port: number;
  socket?: string;
  user?: string;
  password?: string;
  db?: number;
  /** The version of the protocol: 2 or 3; undefined for what the server speaks by itself. */
  protocol?: 2 | 3;
  /** True to print replies as they are, false to format them. */
  raw: boolean;
  /** True to end with exit code 1 where the server answers with an error. */
  errorExit: boolean;
  /** True to read the last argument from stdin. */
  lastFromStdin: boolean;
  repeat: number;
  /** Seconds between repetitions. */
  interval: number;
  evalFile?: string;
  scan: boolean;
  pattern?: string;
  command: string[];
}

/** Reads the command line; the options are those of Valkey's own valkey-cli. Ends the process for `--help`. */
export function parseCliOptions(argv: readonly string[] = process.argv.slice(2)): CliOptions {
  const program = new Command('valkey-cli')
    .description('Sends commands to a Valkey server: those given as arguments, or those read from stdin.')
    .helpOption('--help')
    .version('valkey-cli (keyspace-grader)', '-v, --version')
    .argument('[command...]')
    .passThroughOptions()
    .option('-h <host>', 'host', '127.0.0.1')
    .option('-p <port>', 'port', integer, 6379)
    .option('-s <socket>', 'unix socket')
    .option('-a, --pass <password>', 'password')
    .option('--user <name>', 'user')
    .option('-u <uri>', 'redis://user:password@host:port/db')
    .option('-n <db>', 'database', integer)
    .option('-r <repeat>', 'run the command so often', integer, 1)
    .option('-i <seconds>', 'wait between repetitions', Number, 0)
    .option('-x', 'read the last argument from stdin')
    .option('-e', 'exit code 1 where the server answers with an error')
    .option('-2', 'protocol version 2')
    .option('-3', 'protocol version 3')
    .option('--raw', 'print replies as they are')
    .option('--no-raw', 'format replies even where stdout is no terminal')
    .option('--eval <file>', 'run a Lua script: keys, a comma, arguments')
    .option('--scan', 'list all keys')
    .option('--pattern <pattern>', 'for --scan')
    .option('--no-auth-warning', 'accepted and ignored')
    .parse(argv, { from: 'user' });
  const given = program.opts();
  const uri = given.u === undefined ? undefined : new URL(String(given.u));
  return {
    host: uri?.hostname || given.h,
    port: Number(uri?.port || given.p),
    ...defined('socket', given.s),
    ...defined('user', uri?.username ? decodeURIComponent(uri.username) : given.user),
    ...defined('password', uri?.password ? decodeURIComponent(uri.password) : given.pass),
    ...defined('db', uri && uri.pathname.length > 1 ? Number(uri.pathname.slice(1)) : given.n),
    ...defined('protocol', given['3'] ? (3 as const) : given['2'] ? (2 as const) : undefined),
    raw: given.raw ?? !process.stdout.isTTY,
    errorExit: given.e === true,
    lastFromStdin: given.x === true,
    repeat: given.r,
    interval: given.i,
    ...defined('evalFile', given.eval),
    scan: given.scan === true,
    ...defined('pattern', given.pattern),
    command: program.args,
  };
}

function defined<Name extends string, Value>(name: Name, value: Value | undefined): { [K in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value };
}

function integer(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value)) return value;
  throw new InvalidArgumentError('It must be a whole number.');
}
