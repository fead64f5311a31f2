import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ScriptCalls } from '../../evidence/calls.ts';
import type { CommandReply } from '../../evidence/evidence.ts';
import { type Command, makeEvidence } from '../../testing/evidence.ts';
import { useServer } from '../../testing/server.ts';
import { PATIENCE } from '../../testing/time-enough.ts';
import { quote } from '../../valkey/notation/quoting.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { prepareScriptCalls } from './script-calls.ts';

const server = useServer();
beforeEach(async () => {
  await server.session.call('FLUSHALL');
  await server.session.call('FUNCTION', 'FLUSH');
});

const SOURCE = "return {redis.call('INCRBY', KEYS[1], ARGV[1]), ARGV[2]}";
const EVAL = `EVAL "${SOURCE}"`;
const CALLS: ScriptCalls = {
  calledOn: 'ship',
  with: [
    { keys: ['other'], args: [2, 'a'] },
    { keys: ['other'], args: [3, 'b c'] },
  ],
};
const ANSWERS = ['1) (integer) 2\n2) "a"', '1) (integer) 5\n2) "b c"'];

/** Makes the calls after a main run with these commands. */
async function callAfter(commands: Command[], calls = CALLS): Promise<CommandReply[]> {
  const [main] = makeEvidence({ commands }).runs;
  if (!main) throw new Error('no main run');
  const script = prepareScriptCalls(calls, main.trace, { ...DEFAULT_LIMITS, timeMs: 500 });
  const { replies, process } = await script.run(server.running);
  expect(process.stderr.text).toBe('');
  return replies ?? [];
}

describe('prepareScriptCalls', () => {
  const sha1 = createHash('sha1').update(SOURCE).digest('hex');
  const library =
    "#!lua name=l\\nredis.register_function('add', function(keys, args) return 'f' .. args[2] end)";

  it.each<[string, Command[], string[]]>([
    ['EVAL', [`${EVAL} 1 ship 1 x`], ANSWERS],
    ['EVAL in small letters', [`eval "${SOURCE}" 1 ship 1 x`], ANSWERS],
    ['EVALSHA after SCRIPT LOAD', [`SCRIPT LOAD "${SOURCE}"`, `EVALSHA ${sha1} 1 ship 1 x`], ANSWERS],
    [
      'EVALSHA after EVAL on another key',
      [`${EVAL} 1 x 1 x`, `EVALSHA ${sha1.toUpperCase()} 1 ship 1 x`],
      ANSWERS,
    ],
    ['FCALL', [`FUNCTION LOAD "${library}"`, 'FCALL add 1 ship 1 x'], ['"fa"', '"fb c"']],
    ['EVAL_RO, which stays read-only', [`EVAL_RO "return ARGV[1]" 1 ship 1 x`], ['"2"', '"3"']],
  ])('calls what was called by %s', async (_, commands, answers) => {
    expect((await callAfter(commands)).map(({ reply }) => reply)).toEqual(answers);
  });

  it('numbers the calls, and gives their keys and arguments', async () => {
    const replies = await callAfter([`${EVAL} 1 ship 1 x`]);
    expect(replies.map(({ line, args, error }) => [line, args.slice(2), error])).toEqual([
      [1, ['1', 'other', '2', 'a'], false],
      [2, ['1', 'other', '3', 'b c'], false],
    ]);
    expect(await server.session.call('GET', 'other')).toBe('5');
  });

  it('takes the last of several calls, of those with as many arguments', async () => {
    const replies = await callAfter([
      `EVAL "return 'first'" 1 ship 1 x`,
      `${EVAL} 1 ship 1 x`,
      `EVAL "return redis.call('GET', KEYS[1])" 1 ship`,
      `EVAL "return 'on another key'" 1 boat 1 x`,
    ]);
    expect(replies.map(({ reply }) => reply)).toEqual(ANSWERS);
  });

  it('takes source text with quotes and line ends as it is', async () => {
    const source = `local a = "1"\nreturn a .. '\\n' .. ARGV[2]`;
    const replies = await callAfter([`EVAL ${quote(Buffer.from(source))} 1 ship 1 x`]);
    expect(replies.map(({ reply }) => reply)).toEqual(['"1\\na"', '"1\\nb c"']);
  });

  it.each<[string, Command[]]>([
    ['no Lua script', ['SET ship 1']],
    ['one without a key', [`EVAL "return 1" 0 ship 1 x`]],
    ['a script of which the source was never seen', [`EVALSHA ${sha1} 1 ship 1 x`]],
    ['a call by a Lua script', [{ run: `${EVAL} 1 ship 1 x`, lua: true }]],
  ])('calls nothing where the main run shows %s', async (_, commands) => {
    expect(await callAfter(commands)).toEqual([]);
  });

  it('runs as the learner, to whom some commands are denied', async () => {
    const source = "return tostring(redis.acl_check_cmd('CONFIG', 'GET', 'save'))";
    expect((await callAfter([`EVAL "${source}" 1 ship 1 x`])).map(({ reply }) => reply)).toEqual([
      '"false"',
      '"false"',
    ]);
  });

  it('waits no longer than a script may take', async () => {
    const [main] = makeEvidence({ commands: [`EVAL "while true do end" 1 ship 1 x`] }).runs;
    if (!main) throw new Error('no main run');
    const script = prepareScriptCalls(CALLS, main.trace, { ...DEFAULT_LIMITS, timeMs: 200 });
    expect((await script.run(server.running)).process.ended).toBe('timed out');
    await expect
      .poll(() => server.session.call('SCRIPT', 'KILL').then(String, String), PATIENCE)
      .toMatch(/OK|NOTBUSY/);
  });
});
