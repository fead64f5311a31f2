import { describe, expect, it } from 'vitest';
import { parseCommandFile } from './parse.ts';

/** The commands of a file, each with its line: `1: SET a b`. */
function commandsOf(source: string): string[] {
  const { commands, problems } = parseCommandFile(source);
  expect(problems).toEqual([]);
  return commands.map(({ line, args }) => `${line}: ${args.join('|')}`);
}

describe('parseCommandFile', () => {
  it('reads a command a line, with the quoting of valkey-cli', () => {
    const source = `SET fleet "3 Star Destroyers, sector 7G" EX 300
RPUSH missions "Collect bounty on Yondu's crew" 'say "hi"' plain ""
SET bytes "\\x00\\xffA\\n\\"\\\\"`;
    expect(parseCommandFile(source)).toEqual({
      problems: [],
      notes: [],
      commands: [
        { line: 1, args: ['SET', 'fleet', '3 Star Destroyers, sector 7G', 'EX', '300'].map(Buffer.from) },
        {
          line: 2,
          args: ['RPUSH', 'missions', "Collect bounty on Yondu's crew", 'say "hi"', 'plain', ''].map(
            Buffer.from,
          ),
        },
        { line: 3, args: [Buffer.from('SET'), Buffer.from('bytes'), Buffer.from([0, 255, 65, 10, 34, 92])] },
      ],
    });
  });

  it.each([
    ['nothing', '', []],
    ['blank lines and comments', '\n# one\n  # two\n\t\nPING\n\n', ['5: PING']],
    ['no line feed at the end', 'PING\nECHO a', ['1: PING', '2: ECHO|a']],
    ['CRLF', 'SET a b\r\n\r\nGET a\r\n', ['1: SET|a|b', '3: GET|a']],
    ['lone CR', 'SET a b\rGET a', ['1: SET|a|b', '2: GET|a']],
    ['a byte order mark', '\ufeffPING', ['1: PING']],
    ['a Markdown fence', '```valkey\nPING\n```\n~~~\nGET a\n~~~', ['2: PING', '5: GET|a']],
    ['indentation', '   SET a b\n\u00a0GET a', ['1: SET|a|b', '2: GET|a']],
    ['a # that begins no line', 'SET a #1', ['1: SET|a|#1']],
  ])('copes with %s', (_, source, expected) => {
    expect(commandsOf(source)).toEqual(expected);
  });

  it.each([
    '127.0.0.1:6379> GET a',
    '127.0.0.1:6379>GET a',
    '127.0.0.1:6379[3]> GET a',
    '127.0.0.1:6379(TX)> GET a',
    '127.0.0.1:6379[3](TX)> GET a',
    '127.0.0.1:6379(subscribed mode)> GET a',
    'localhost:6379> GET a',
    'my-server.example:7000> GET a',
    '[::1]:6379> GET a',
    'valkey> GET a',
    'redis> GET a',
    'valkey /tmp/valkey.sock> GET a',
    'not connected> GET a',
    '> GET a',
    '  127.0.0.1:6379>   GET a',
    'valkey-cli GET a',
    'redis-cli GET a',
    '$ valkey-cli GET a',
    '% redis-cli GET a',
    '127.0.0.1:6379> valkey-cli GET a',
    'valkey-cli -h 127.0.0.1 -p 6379 GET a',
    'redis-cli -p 6379 -a secret --no-auth-warning --raw GET a',
    'valkey-cli -u redis://127.0.0.1:6379 -3 GET a',
    'redis-cli> GET a',
    'redis-cli.exe GET a',
    '/usr/local/bin/valkey-cli GET a',
    './redis-cli -n 0 GET a',
    'sudo valkey-cli GET a',
    'root@4f1c0a9b7e11:/data# redis-cli GET a',
    'han@falcon:~$ valkey-cli GET a',
    'docker exec -it valkey valkey-cli GET a',
    '$ sudo docker compose exec valkey redis-cli GET a',
  ])('ignores what was pasted along: %s', (line) => {
    expect(commandsOf(line)).toEqual(['1: GET|a']);
  });

  it.each(['valkey-cli', '127.0.0.1:6379> ', '127.0.0.1:6379>', 'valkey-cli -h localhost', 'redis> # note'])(
    'finds no command in %j',
    (line) => {
      expect(commandsOf(`${line}\nPING`)).toEqual(['2: PING']);
    },
  );

  it('leaves alone what only looks like something pasted', () => {
    expect(commandsOf('GET redis-cli\nSET a> b\n-GET a\n```SET a b```')).toEqual([
      '1: GET|redis-cli',
      '2: SET|a>|b',
      '3: -GET|a',
      '4: ```SET|a|b```',
    ]);
  });

  it('lets an argument in quotes span lines, and goes on counting them', () => {
    const source = 'EVAL "local a = \'x\'\n-- # no comment\nreturn a" 1 k "two\nlines"\nPING\n';
    expect(commandsOf(source)).toEqual([
      "1: EVAL|local a = 'x'\n-- # no comment\nreturn a|1|k|two\nlines",
      '5: PING',
    ]);
  });

  it.each([
    [
      'a quote that is never closed',
      'PING\n\nSET a "b c\nGET a',
      3,
      'the " is never closed',
      ['1: PING', '4: GET|a'],
    ],
    ['an apostrophe that is not in quotes', "SET a it's\nGET a", 1, "the ' is never closed", ['2: GET|a']],
    ['text behind a closing quote', 'SET a "b"c', 1, 'the " is closed, but no space follows: "\\"c"', []],
    // The next quote closes the one that was forgotten: the mistake is where that opens.
    [
      'a quote that a later line closes',
      'PING\nSET a "b\nSET c "d"',
      2,
      'the " is closed, but no space follows',
      ['1: PING', '3: SET|c|d'],
    ],
    [
      'a quote on a later line of a command',
      'EVAL "x\ny" 1 "k\nPING',
      2,
      'the " is never closed',
      ['3: PING'],
    ],
    [
      'a database by option',
      'PING\nvalkey-cli -n 3 GET a\nGET b',
      2,
      'option -n has no meaning in a command file',
      ['1: PING', '3: GET|b'],
    ],
    ['a repeat count of nothing', '0 INCR n\nPING', 1, 'it must be from 1 to 100000', ['2: PING']],
    ['a repeat count without end', '1000000 INCR n', 1, 'it must be from 1 to 100000', []],
  ])('tells the line of %s, and goes on', (_, source, line, message, rest) => {
    const { commands, problems } = parseCommandFile(source);
    expect(problems).toEqual([{ line, message: expect.stringContaining(message) }]);
    expect(commands.map((command) => `${command.line}: ${command.args.join('|')}`)).toEqual(rest);
  });

  it('reads no further where hardly a line can be read', () => {
    const { problems } = parseCommandFile(`"${'\n\\"x'.repeat(100_000)}`);
    expect(problems.length).toBeLessThan(110);
    expect(problems.at(-1)?.message).toContain('nothing from here on is');
  });

  it('repeats a command as often as is said in front of it', () => {
    expect(commandsOf('3 INCR n\n1\nGET n')).toEqual([
      '1: INCR|n',
      '1: INCR|n',
      '1: INCR|n',
      '2: 1',
      '3: GET|n',
    ]);
  });

  it.each([
    ['behind a prompt', ['127.0.0.1:6379> GET a', '"it\'s" ', '127.0.0.1:6379> PING', 'PONG', '  2) (nil)']],
    ['without prompts', ['GET a', '(nil)', 'PING', 'OK', '(integer) 3', '1) "x"', "(error) ERR it's wrong"]],
    ['with some prompts', ['> GET a', '"x y"', 'PING']],
  ])('takes replies that were pasted along for no commands: %s', (_, lines) => {
    expect(commandsOf(lines.join('\n')).map((text) => text.replace(/^\d+: /, ''))).toEqual(['GET|a', 'PING']);
  });

  it.each([
    ['SET a \u201cb c\u201d', 'typographic quote'],
    ['SET a\u00a0b', 'no-break space'],
  ])('notes what hardly means what it says: %j', (source, message) => {
    expect(parseCommandFile(`PING\n${source}`)).toMatchObject({
      problems: [],
      notes: [{ line: 2, message: expect.stringContaining(message) }],
    });
    expect(parseCommandFile('SET a "\u201cb\u00a0c\u201d"').notes).toEqual([]);
  });
});
