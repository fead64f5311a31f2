/** How replies are printed. */
export type OutputForm = 'standard' | 'raw' | 'csv' | 'json';

/** What was asked for on the command line. */
export interface CliOptions {
  host: string;
  port: number;
  socket?: string;
  user?: string;
  password?: string;
  db: number;
  /** The version of the protocol: 2 or 3; undefined for what the server speaks by itself. */
  protocol?: 2 | 3;
  output: OutputForm;
  /** True to end with exit code 1 where the server answers a command of the arguments with an error. */
  errorExit: boolean;
  /** True to read the last argument from stdin. */
  lastFromStdin: boolean;
  /** How often the command is run; for ever where it is negative. */
  repeat: number;
  /** Seconds between repetitions. */
  interval: number;
  evalFile?: string;
  scan: boolean;
  pattern?: string;
  /** The COUNT of every SCAN. */
  count?: number;
  /** True to send what stdin holds and only count the replies. */
  pipe: boolean;
  authWarning: boolean;
  /** What is printed instead of doing anything. */
  show?: 'help' | 'version';
  command: string[];
}

/** The command line cannot be understood. */
class CliUsageError extends Error {}

type Settings = Partial<CliOptions>;

/** Options that stand alone. Those that are ignored change nothing for a single server on this machine. */
const FLAGS: Record<string, Settings> = {
  '-x': { lastFromStdin: true },
  '-e': { errorExit: true },
  '-2': { protocol: 2 },
  '-3': { protocol: 3 },
  '--raw': { output: 'raw' },
  '--no-raw': { output: 'standard' },
  '--csv': { output: 'csv' },
  '--json': { output: 'json' },
  '--scan': { scan: true },
  '--pipe': { pipe: true },
  '--no-auth-warning': { authWarning: false },
  '--help': { show: 'help' },
  '-v': { show: 'version' },
  '--version': { show: 'version' },
  '-c': {},
  '-4': {},
  '-6': {},
  '--verbose': {},
};

/** Options with a value. */
const WITH_VALUE: Record<string, (value: string) => Settings> = {
  '-h': (host) => ({ host }),
  '-p': (port) => ({ port: toPort(port) }),
  '-s': (socket) => ({ socket }),
  '-a': (password) => ({ password }),
  '--pass': (password) => ({ password }),
  '--user': (user) => ({ user }),
  '-u': fromUri,
  '-n': (db) => ({ db: toInteger(db) }),
  '-r': (repeat) => ({ repeat: toInteger(repeat) }),
  '-i': (interval) => ({ interval: Number.parseFloat(interval) || 0 }),
  '--eval': (evalFile) => ({ evalFile }),
  '--pattern': (pattern) => ({ pattern }),
  '--count': (count) => ({ count: toInteger(count) }),
  '-t': () => ({}),
  '--show-pushes': () => ({}),
};

/**
 * Reads the command line as Valkey's own valkey-cli does: options up to the first word that is none, the
 * command behind them. Throws CliUsageError.
 * Source: parseOptions in Valkey's valkey-cli.c.
 */
export function parseCliOptions(argv: readonly string[], isTerminal: boolean): CliOptions {
  const options: CliOptions = {
    host: '127.0.0.1',
    port: 6379,
    db: 0,
    output: isTerminal ? 'standard' : 'raw',
    errorExit: false,
    lastFromStdin: false,
    repeat: 1,
    interval: 0,
    scan: false,
    pipe: false,
    authWarning: true,
    command: [],
  };
  let index = 0;
  for (; argv[index]?.startsWith('-'); index += 1) {
    const option = argv[index] ?? '';
    const { settings, words } = readOption(option, argv[index + 1]);
    if (settings.protocol && options.protocol && settings.protocol !== options.protocol)
      throw new CliUsageError('Options -2 and -3 are mutually exclusive.');
    Object.assign(options, settings);
    index += words - 1;
  }
  options.command = argv.slice(index);
  // Only RESP3 tells a map from a list.
  if (options.output === 'json') options.protocol ??= 3;
  return options;
}

function readOption(option: string, next: string | undefined): { settings: Settings; words: number } {
  const flag = FLAGS[option];
  if (flag) return { settings: flag, words: 1 };
  const withValue = WITH_VALUE[option];
  if (withValue && next !== undefined) return { settings: withValue(next), words: 2 };
  if (option === '-h') return { settings: { show: 'help' }, words: 1 };
  throw new CliUsageError(`Unrecognized option or bad number of args for: '${option}'`);
}

/** `valkey://user:password@host:port/db`; what stands alone before the @ is the password. */
function fromUri(text: string): Settings {
  const parts =
    /^(?:valkey|redis):\/\/(?:(?:([^:@/]*):)?([^@/]*)@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?(?:\/(.*))?$/.exec(
      text,
    );
  if (!parts) throw new CliUsageError('Invalid URI scheme');
  const [, user, password, host, port, db] = parts;
  return {
    ...(user && { user: decodeURIComponent(user) }),
    ...(password !== undefined && { password: decodeURIComponent(password) }),
    ...(host && { host: host.replace(/^\[|\]$/g, '') }),
    ...(port && { port: toPort(port) }),
    ...(db && { db: toInteger(db) }),
  };
}

/** As C's atoi: the digits that the text begins with, 0 for none. */
function toInteger(text: string): number {
  return Number.parseInt(text, 10) || 0;
}

function toPort(text: string): number {
  const port = toInteger(text);
  if (port < 0 || port > 65535) throw new CliUsageError('Invalid server port.');
  return port;
}
