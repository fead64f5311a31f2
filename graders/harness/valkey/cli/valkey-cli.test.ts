// biome-ignore-all lint/style/noExcessiveLinesPerFile: an example for each thing that the real valkey-cli does.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../base/project.ts';
import { findLocalValkey } from '../../recording/engine/local/find.ts';
import { useServer } from '../../testing/server.ts';
import { isAtLeast } from '../notation/version.ts';
import { runValkeyCli } from './run.ts';

const OWN = [process.execPath, join(PROJECT_ROOT, 'dist', 'valkey-cli.js')] as const;
const { cli: real } = await findLocalValkey(() => undefined);

interface Outcome {
  code: number | string | null;
  stdout: string;
  stderr: string;
}

interface Call {
  args?: readonly string[];
  input?: string | Buffer;
  env?: Record<string, string>;
}

/** Runs a program; bytes that are not text stay apart in the outcome. */
function run(
  program: readonly [string, ...string[]],
  { args = [], input = '', env = {} }: Call,
): Promise<Outcome> {
  const [file, ...first] = program;
  return new Promise((resolve) => {
    const child = execFile(
      file,
      [...first, ...args],
      { encoding: 'latin1', env },
      (error, stdout, stderr) => {
        resolve({ code: error ? (error.code ?? error.signal ?? null) : 0, stdout, stderr });
      },
    );
    // A program that reads nothing may be gone before all is written.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Runs ours without a process: what one adds is tested below, with the file that scripts start. */
async function runInProcess({ args = [], input = '', env = {} }: Call): Promise<Outcome> {
  const output = { stdout: '', stderr: '' };
  const into = (name: keyof typeof output) =>
    new Writable({
      write(chunk: Buffer, _, done) {
        output[name] += chunk.toString('latin1');
        done();
      },
    });
  const stdin = Readable.from([Buffer.from(input)]);
  const code = await runValkeyCli(args, env, { stdin, stdout: into('stdout'), stderr: into('stderr') });
  return { code, ...output };
}

const server = useServer();
const own = (call: Call) => run(OWN, { ...call, args: [...toServer(), ...(call.args ?? [])] });
const toServer = () => ['-h', server.address.host, '-p', String(server.address.port)];

const SEED: [string, ...(string | Buffer)[]][] = [
  ['FLUSHALL'],
  ['SET', 's', 'hello world'],
  ['SET', 'n', '5'],
  ['SET', 'accent', 'hé'],
  ['SET', 'binary', Buffer.from('a\0b\xffc\n"q\\', 'latin1')],
  ['HSET', 'h', 'a', '1', 'b', '2'],
  ['RPUSH', 'l', 'one', 'two words', 'three'],
  ['ZADD', 'z', '1.5', 'a', '2', 'b'],
  ['SADD', 'm', 'x'],
];

beforeAll(async () => {
  // What is compared is the client, not what learners may do.
  await server.session.call('ACL', 'SETUSER', 'default', '+@all');
});
beforeEach(() => seed());

async function seed(more: typeof SEED = []): Promise<void> {
  for (const [command, ...args] of [...SEED, ...more]) await server.session.call(command, ...args);
}

/** The version of the machine's valkey-cli. */
async function realVersion(): Promise<string> {
  if (!real) return '0';
  const { stdout } = await promisify(execFile)(real, ['--version']);
  return /\d+\.\d+/.exec(stdout)?.[0] ?? '0';
}

/** A connection that the server closes is told in either way, by whether the next command was on its way. */
function sameClose(outcome: Outcome): Outcome {
  return {
    ...outcome,
    stderr: outcome.stderr.replace('Connection reset by peer', 'Server closed the connection'),
  };
}

const LUA = 'return {KEYS[1] or "none", ARGV[1] or "none", #KEYS, #ARGV}';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'valkey-cli-'));
  await writeFile(join(folder, 'script.lua'), LUA);
  await writeFile(join(folder, 'error.lua'), 'return {err="MYERR no"}');
  await writeFile(join(folder, 'broken.lua'), 'return redis.call(');
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(PROJECT_ROOT);
  await rm(folder, { recursive: true });
});

const version = await realVersion();
/** Ours follows release 8.1: later ones do some things in another way. */
const isOfOurRelease = !isAtLeast(version, '9.0');

// Messages change with releases: those of older ones are others.
describe.skipIf(!isAtLeast(version, '8.1'))('our valkey-cli does what the real one does:', () => {
  /** Both, each on the same data. */
  async function compare(call: Call): Promise<Outcome> {
    await seed();
    const there = sameClose(await run([real ?? ''], call));
    await seed();
    expect(sameClose(await runInProcess(call))).toEqual(there);
    return there;
  }
  const compareAt = (call: Call) => compare({ ...call, args: [...toServer(), ...(call.args ?? [])] });

  it.each([
    ['PING'],
    ['ping', 'with words'],
    ['GET', 's'],
    ['GET', 'binary'],
    ['GET', 'accent'],
    ['GET', 'missing'],
    ['SET', 'new', 'é ü', 'EX', '10'],
    ['SET', 'new', '-1'],
    ['HGETALL', 'h'],
    ['HGETALL', 'missing'],
    ['LRANGE', 'l', '0', '-1'],
    ['ZRANGE', 'z', '0', '-1', 'WITHSCORES'],
    ['INCR', 'n'],
    ['INCR', 's'],
    ['NOSUCH', 'command'],
    ['GET'],
    ['EVAL', 'return {1,{2,{"three"}},false,{}}', '0'],
    ['EVAL', 'return redis.error_reply("BAD thing")', '0'],
    ['ECHO', '--help'],
    ['PING', '--raw'],
    [''],
    ['MEMORY', 'DOCTOR'],
    ['QUIT'],
  ])('%s %s', async (...args) => {
    await compareAt({ args });
    await compareAt({ args: ['--no-raw', ...args] });
  });

  it.each([
    ['-3', 'HGETALL', 'h'],
    ['-3', '--no-raw', 'HGETALL', 'h'],
    ['-3', '--no-raw', 'ZSCORE', 'z', 'a'],
    ['-3', '--no-raw', 'GET', 'missing'],
    ['-3', '--no-raw', 'SMEMBERS', 'm'],
    ['-2', 'HGETALL', 'h'],
    ['-2', '-3', 'PING'],
    ['--json', 'HGETALL', 'h'],
    ['--json', '-2', 'HGETALL', 'h'],
    ['--json', 'GET', 'binary'],
    ['--json', 'GET', 'missing'],
    ['--json', 'ZRANGE', 'z', '0', '-1', 'WITHSCORES'],
    ['--json', 'INCR', 's'],
    ['--json', 'INCR', 'n'],
    ['--csv', 'LRANGE', 'l', '0', '-1'],
    ['--csv', 'GET', 'binary'],
    ['--csv', 'GET', 'missing'],
    ['--csv', '-3', 'HGETALL', 'h'],
    ['--csv', 'INCR', 's'],
    ['-e', 'INCR', 's'],
    ['-e', 'NOSUCH'],
    ['-e', 'GET', 's'],
    ['-e', '--eval', 'error.lua'],
    ['-n', '3', 'DBSIZE'],
    ['-n', '0', 'DBSIZE'],
    ['-n', '99', 'GET', 's'],
    ['-n', 'x', 'DBSIZE'],
    ['-r', '3', 'INCR', 'n'],
    ['-r', '2', '-i', '0.01', 'INCR', 'n'],
    ['-r', '0', 'INCR', 'n'],
    ['-r', '2', 'INCR', 's'],
    ['-e', '-r', '2', 'INCR', 's'],
    ['--eval', 'script.lua', 'k1', 'k2', ',', 'a1', 'a2'],
    ['--eval', 'script.lua', 'k1'],
    ['--eval', 'script.lua', ',', 'a1'],
    ['--eval', 'script.lua', 'k1,', 'a1'],
    ['--eval', 'error.lua'],
    ['--eval', 'broken.lua'],
    ['--eval', 'missing.lua'],
    ['--no-raw', '--eval', 'script.lua', 'k1', ',', 'a1'],
    ['-t', '1', '-c', '-4', 'PING'],
    ['-a', 'secret', 'PING'],
    ['-a', 'secret', '--no-auth-warning', 'PING'],
    ['--user', 'nobody', '--pass', 'secret', 'GET', 's'],
    ['--nonsense'],
    ['-Z', 'PING'],
    ['--', 'PING'],
    ['-n'],
    ['-p'],
    ['--eval'],
    ['-p', '99999', 'PING'],
    ...(isOfOurRelease ? [['-p', 'abc', 'PING']] : []),
    ['-p', '1', 'PING'],
    ['-p', '1', '--scan'],
    ['-h', 'no-such-host.invalid', 'PING'],
    ['-s', '/nonexistent/socket', 'PING'],
    ['-u', 'http://127.0.0.1', 'PING'],
    ['-u', 'valkeys//127.0.0.1', 'PING'],
  ])('%s %s %s %s %s', async (...args) => {
    await compareAt({ args });
  });

  it.each([
    ['one command without a line end', 'GET s'],
    ['several, blank lines between', 'SET q 1\n\n   \nINCR q\n GET   q  \n'],
    ['nothing', ''],
    ['line ends of Windows', 'PING\r\nGET s\r\n'],
    ['a comment, which is none', '# comment\nPING\n'],
    ['both kinds of quotes', `SET q "a \\"b\\" \\x41\\n"\nGET q\nSET q 'it\\'s'\nGET q\n`],
    ['a quote that is never closed', 'SET q "open\nPING\n'],
    ...(isOfOurRelease ? [['something behind a closing quote', 'SET q "a"b\nPING\n']] : []),
    ['an empty argument', '"" x\nSET q ""\nSTRLEN q\n'],
    ['quit', 'PING\nquit\nPING\n'],
    ['exit', 'EXIT\nPING\n'],
    ['an error in between', 'INCR s\nPING\n'],
    ['a transaction', 'MULTI\nSET q 1\nINCR q\nEXEC\n'],
    ['a change of the database', 'SELECT 3\nSET a b\nDBSIZE\n'],
    ['repetitions', '3 INCR n\n0 PING\n-1 PING\n3\n'],
    ['letters beyond ASCII', 'SET q "café \u2028 ü"\nGET q\n'],
    ['subscriptions', 'SUBSCRIBE a b\nPING\nUNSUBSCRIBE a\n'],
    ['a tab at the start', '\tGET s\n'],
  ])('commands on stdin: %s', async (_, input) => {
    await compareAt({ input });
    await compareAt({ input, args: ['--no-raw'] });
  });

  it('commands on stdin and options', async () => {
    await compareAt({ args: ['-e'], input: 'INCR s\nPING\n' });
    await compareAt({ args: ['-3', '-n', '2'], input: 'HSET h a 1\nHGETALL h\n' });
  });

  it('commands on stdin without a server', async () => {
    expect(await compareAt({ args: ['-p', '1'], input: 'PING\nPING\n' })).toMatchObject({ code: 0 });
  });

  it('a connection that the server closes', async () => {
    const { stderr } = await compareAt({ input: 'CLIENT KILL USER default SKIPME no\nPING\nGET s\n' });
    expect(stderr).toBe('Error: Server closed the connection\n');
  });

  it.each([
    ['text', 'from stdin\n'],
    ['bytes', Buffer.from([0, 255, 10, 10])],
    ['nothing', ''],
  ])('-x with %s', async (_, input) => {
    await compareAt({ args: ['-x', 'ECHO'], input });
    await compareAt({ args: ['-r', '2', '-x', 'APPEND', 's'], input });
  });

  it.each([
    ['commands', 'SET a "b c"\r\nINCR a\r\nGET a\r\n'],
    ['commands without a last line end', 'SET a b\nSET c d'],
    ['the protocol', '*1\r\n$4\r\nPING\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$3\r\nx\ny\r\n'],
    ['nothing', ''],
  ])('--pipe with %s', async (_, input) => {
    await compareAt({ args: ['--pipe'], input });
  });

  it.each([
    [['--scan']],
    [['--scan', '--pattern', 'many:1*']],
    [['--scan', '--count', '3']],
    [['--scan', '--pattern', 'none']],
    [['--no-raw', '--scan', '--pattern', 'bin*']],
  ])('%s, in whatever order', async (args) => {
    await seed(Array.from({ length: 50 }, (_, key) => ['SET', `many:${key}`, 'x']));
    const sorted = ({ stdout, ...rest }: Outcome) => ({ ...rest, lines: stdout.split('\n').sort() });
    const there = await run([real ?? ''], { args: [...toServer(), ...args] });
    expect(sorted(await runInProcess({ args: [...toServer(), ...args] }))).toEqual(sorted(there));
  });

  it.each(['valkey', 'redis'])('%s://… as the address', async (scheme) => {
    const { host, port } = server.address;
    await compare({ args: ['-u', `${scheme}://${host}:${port}`, 'DBSIZE'] });
    await compare({ args: ['-u', `${scheme}://${host}:${port}/3`, 'DBSIZE'] });
    await compare({ args: ['-u', `${scheme}://nobody:se%20cret@${host}:${port}/0`, 'DBSIZE'] });
    await compare({ args: ['-u', `${scheme}://secret@${host}:${port}`, 'DBSIZE'] });
  });

  it('the socket', async () => {
    await compare({ args: ['-s', server.address.socketPath ?? '', 'GET', 's'] });
  });

  it('a password in the environment', async () => {
    await compareAt({ args: ['PING'], env: { REDISCLI_AUTH: 'secret' } });
    await compareAt({ args: ['-a', 'other', 'PING'], env: { REDISCLI_AUTH: 'secret' } });
  });
});

describe('our valkey-cli', () => {
  it('tells its version and its options without a server', async () => {
    expect(await run(OWN, { args: ['--version'] })).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^valkey-cli \d+\.\d+\.\d+/),
      stderr: '',
    });
    for (const args of [['--help'], ['-h']]) {
      const { code, stdout } = await run(OWN, { args });
      expect(code).toBe(0);
      expect(stdout).toMatch(/^valkey-cli .*\n\nUsage: valkey-cli \[OPTIONS\]/);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  it('reads its arguments, its input and its environment, and ends with an exit code', async () => {
    expect(await own({ args: ['GET', 'binary'] })).toEqual({
      code: 0,
      stdout: 'a\0b\xffc\n"q\\\n',
      stderr: '',
    });
    expect(await own({ args: ['-x', 'ECHO'], input: 'from stdin' })).toMatchObject({
      stdout: 'from stdin\n',
    });
    expect(await own({ args: ['-e', 'INCR', 's'] })).toMatchObject({ code: 1, stdout: '' });
    expect(await own({ args: ['-p', '1', 'PING'] })).toMatchObject({ code: 1, stdout: '' });
    const { stderr } = await own({ args: ['PING'], env: { REDISCLI_AUTH: 'secret' } });
    expect(stderr).toContain('AUTH failed');
  });

  it('logs in with a password', async () => {
    await server.session.call('ACL', 'SETUSER', 'reader', 'on', '>p@ss word', '~*', '+@read');
    const { host, port } = server.address;
    expect(
      await own({ args: ['--no-auth-warning', '--user', 'reader', '-a', 'p@ss word', 'GET', 's'] }),
    ).toEqual({
      code: 0,
      stdout: 'hello world\n',
      stderr: '',
    });
    const uri = `valkey://reader:p%40ss%20word@${host}:${port}`;
    expect((await run(OWN, { args: ['-u', uri, 'GET', 's'] })).stdout).toBe('hello world\n');
    expect((await run(OWN, { args: ['-u', uri, 'DEL', 's'] })).stdout).toMatch(/^NOPERM/);
  });

  it('answers each line as it comes', async () => {
    const child = execFile(OWN[0], [OWN[1], ...toServer()]);
    const lines: string[] = [];
    for (const [command, answer] of [
      ['PING', 'PONG'],
      ['GET s', 'hello world'],
    ]) {
      child.stdin?.write(`${command}\n`);
      const [chunk] = (await new Promise((resolve) =>
        child.stdout?.once('data', (data) => resolve([data])),
      )) as [string];
      lines.push(chunk);
      expect(chunk).toBe(`${answer}\n`);
    }
    child.stdin?.end('quit\n');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  });

  it('listens to a channel until it is ended', async () => {
    const child = execFile(OWN[0], [OWN[1], ...toServer(), 'SUBSCRIBE', 'news']);
    let text = '';
    const heard = new Promise<void>((resolve) => {
      child.stdout?.on('data', (chunk: string) => {
        text += chunk;
        if (text === 'subscribe\nnews\n1\n') void server.session.call('PUBLISH', 'news', 'hello');
        if (text.includes('hello')) resolve();
      });
    });
    await heard;
    expect(text).toBe('subscribe\nnews\n1\nmessage\nnews\nhello\n');
    child.kill();
  });

  it('ends quietly where nobody reads on', async () => {
    const shell = `"$0" "$@" KEYS '*' | head -c 1`;
    const args = ['-c', shell, ...OWN, ...toServer(), '-r', '2000'];
    const { code, stderr } = await run(['/bin/sh'], { args, env: { PATH: process.env.PATH ?? '' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
