import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvidence } from '../../../evidence/evidence.ts';
import type { Testbed } from '../../../grading/testbed.ts';
import { grader } from '../../../testing/grader.ts';
import { testbed } from '../../../testing/testbeds.ts';
import { momentsOf } from '../moments.ts';
import { readWords, type Words, writeLine } from '../mutant.ts';
import { ReusingEngine } from '../reusing-engine.ts';
import { gradeCommands } from '../run-mutant.ts';
import { REFUSED_MUTATORS } from './refused.ts';

const SETUP = [
  'SET text hello',
  'SET number 5',
  'SET fleeting x EX 600',
  'HSET hash a 1 b 2',
  'RPUSH list x y z',
  'RPUSH queue x',
  'SADD set x y',
  'ZADD board 1 x 2 y',
  'PFADD seen x',
];
const WRITE = "redis.call('SET', KEYS[1], 2)";

let bed: Testbed;
let engine: ReusingEngine;

beforeAll(async () => {
  const { engine: local, ...rest } = await testbed('local');
  engine = new ReusingEngine(local);
  bed = { ...rest, engine };
});
afterAll(() => engine.close());

/** The run of commands on a server with the keys from above, one line each. */
async function runOf(commands: readonly Words[]): Promise<RunEvidence | undefined> {
  const { evidence } = await gradeCommands(commands, grader([], { setup: SETUP }), bed);
  return evidence.runs[0];
}

function wordsOf(lines: string): Words[] {
  const words = readWords(lines.replaceAll(' | ', '\n'));
  if (!words) throw new Error('the commands cannot be read');
  return words;
}

async function mutantsOf(lines: string): Promise<(readonly Words[])[]> {
  const commands = wordsOf(lines);
  const moments = momentsOf(commands, await runOf(commands));
  return REFUSED_MUTATORS.flatMap(({ mutate }) => mutate({ commands, replies: [], moments }));
}

describe('REFUSED_MUTATORS', () => {
  // Each with a form whose condition does not hold, if there is one, and with one that ends with an error.
  it.each<[string, ...string[]]>([
    ['SET new v', 'SET new v XX', 'SET new v NX XX'],
    ['SET new v NX EX 60', 'SET new v EX 60 XX', 'SET new v NX EX 60 NX XX'],
    ['SET text v', 'SET text v NX', 'SET text v NX XX'],
    ['SETEX new 60 v', 'SET new v EX 60 XX', 'SETEX new wrong v'],
    ['SETNX new v', 'SET new v XX'],
    ['GETSET text v', 'SET text v GET NX', 'GETSET board v'],
    ['MSET new 1 text 2', 'MSETNX new 1 text 2', 'MSET new 1 text 2 wrong'],
    ['MSET new 1 other 2', 'MSET new 1 other 2 wrong'],
    ['INCR number', 'INCRBY number wrong'],
    ['INCRBY number 2', 'INCRBY number wrong'],
    ['INCRBYFLOAT number 0.5', 'INCRBYFLOAT number wrong'],
    ['APPEND text v', 'APPEND board v'],
    ['GETDEL text', 'GETDEL board'],
    ['GETEX text EX 60', 'GETEX text EX 60 wrong'],
    ['SETRANGE text 0 j', 'SETRANGE text wrong j'],
    ['SETBIT text 0 1', 'SETBIT text wrong 1'],
    ['BITOP NOT other text', 'BITOP wrong other text'],
    ['EXPIRE text 60', 'EXPIRE text 60 XX', 'EXPIRE text 60 wrong'],
    ['PEXPIRE fleeting 9000', 'PEXPIRE fleeting 9000 NX', 'PEXPIRE fleeting 9000 wrong'],
    [
      'EXPIREAT fleeting 9000000000 XX',
      'EXPIREAT fleeting 9000000000 NX',
      'EXPIREAT fleeting 9000000000 XX wrong',
    ],
    ['RENAME text number', 'RENAMENX text number'],
    ['RENAME text new'],
    ['COPY text number REPLACE', 'COPY text number', 'COPY text number REPLACE wrong'],
    ['COPY text new', 'COPY text new wrong'],
    ['DEL text'],

    ['HSET hash a 2', 'HSETNX hash a 2', 'HSET hash a 2 wrong'],
    ['HSET hash c 3', 'HSET hash c 3 wrong'],
    ['HMSET hash a 2', 'HSETNX hash a 2', 'HMSET hash a 2 wrong'],
    ['HMSET hash a 2 c 3', 'HMSET hash a 2 c 3 wrong'],
    ['HSETNX hash c 3', 'HSETNX board c 3'],
    ['HINCRBY hash a 2', 'HINCRBY hash a wrong'],
    ['HINCRBYFLOAT hash a 0.5', 'HINCRBYFLOAT hash a wrong'],
    ['HDEL hash a', 'HDEL board a'],

    ['RPUSH new v', 'RPUSHX new v', 'RPUSH board v'],
    ['LPUSH list v', 'LINSERT list BEFORE nowhere v', 'LPUSH board v'],
    ['LPUSH list v w', 'LPUSH board v w'],
    ['LPOP list', 'LPOP list wrong'],
    ['RPOP list 2', 'RPOP list 2 wrong'],
    ['LREM list 1 x', 'LREM list wrong x'],
    ['LSET list 0 v', 'LSET list wrong v'],
    ['LTRIM list 0 1', 'LTRIM list 0 wrong'],
    ['LINSERT list BEFORE y v', 'LINSERT list wrong y v'],
    ['RPOPLPUSH list queue', 'RPOPLPUSH list board'],
    ['LMOVE list queue LEFT RIGHT', 'LMOVE list queue LEFT wrong'],
    ['LMPOP 1 list LEFT', 'LMPOP 1 list LEFT wrong'],
    ['BLPOP list queue 1', 'BLPOP list queue wrong'],
    ['SORT list ALPHA STORE new', 'SORT list ALPHA STORE new wrong'],

    ['SADD set v', 'SADD board v'],
    ['SREM set x', 'SREM board x'],
    ['SPOP set', 'SPOP set wrong'],
    ['SMOVE set new x', 'SMOVE set board x'],
    ['SUNIONSTORE new set', 'SUNIONSTORE new set board'],

    ['ZADD board 3 x', 'ZADD board NX 3 x', 'ZADD board 3 x wrong'],
    ['ZADD board 3 z', 'ZADD board XX 3 z', 'ZADD board 3 z wrong'],
    ['ZADD board 3 x 4 z', 'ZADD board 3 x 4 z wrong'],
    ['ZADD board INCR 3 x', 'ZADD board INCR 3 x wrong'],
    ['ZINCRBY board 3 x', 'ZINCRBY board wrong x'],
    ['ZREM board x', 'ZREM fleeting x'],
    ['ZPOPMAX board', 'ZPOPMAX board wrong'],
    ['ZREMRANGEBYSCORE board -inf 1', 'ZREMRANGEBYSCORE board -inf wrong'],
    ['ZREMRANGEBYRANK board 0 0', 'ZREMRANGEBYRANK board 0 wrong'],
    ['ZREMRANGEBYLEX board - +', 'ZREMRANGEBYLEX board - wrong'],
    ['ZUNIONSTORE new 1 board WEIGHTS 2', 'ZUNIONSTORE new 1 board WEIGHTS 2 wrong'],
    ['ZRANGESTORE new board 0 0', 'ZRANGESTORE new board 0 0 wrong'],

    ['PFADD seen y', 'PFADD board y'],
    ['PFMERGE new seen', 'PFMERGE new seen board'],
    ['XADD new * a 1', 'XADD new * a 1 wrong'],
    ['GEOADD new 1 1 x', 'GEOADD new 1 1 x wrong'],
    ['FLUSHALL', 'FLUSHALL wrong'],
    [`EVAL "${WRITE}" 1 text`, `EVAL_RO "${WRITE}" 1 text`],
  ])('%s', async (command, ...forms) => {
    const mutants = await mutantsOf(command);
    expect(mutants.map((commands) => commands.map(writeLine).join(' | '))).toEqual(forms.map(quoted));
    for (const mutant of mutants) {
      const run = await runOf(mutant);
      // It ran, was refused, and changed nothing. SET with GET answers what was there, whatever it does.
      expect(run?.trace.entries[0]?.args).toEqual(mutant[0]);
      expect(run?.replies?.[0]?.reply).toMatch(/^\(nil\)$|^\(integer\) (?:0|-1)$|^\(error\) |^"hello"$/);
      expect(run?.after).toEqual(run?.before);
    }
  });

  it('leaves alone what changes nothing: reads, and writes of what is there', async () => {
    expect(await mutantsOf('GET text | SET text hello | HSET hash a 1 | PING')).toEqual([]);
  });

  it('goes by what the commands before it did', async () => {
    const lines = (await mutantsOf('DEL text | SET text v')).map((commands) => writeLine(commands[1] ?? []));
    expect(lines).toEqual(['SET text v XX', 'SET text v NX XX']);
  });

  it('knows nothing of a key on which the same transaction has worked', async () => {
    const lines = (await mutantsOf('MULTI | SET new v | EXPIRE new 60 | SET text v | EXEC')).map((commands) =>
      commands.map(writeLine).join(' | '),
    );
    expect(lines).toEqual([
      'MULTI | SET new v XX | EXPIRE new 60 | SET text v | EXEC',
      'MULTI | SET new v NX XX | EXPIRE new 60 | SET text v | EXEC',
      'MULTI | SET new v | EXPIRE new 60 wrong | SET text v | EXEC',
      'MULTI | SET new v | EXPIRE new 60 | SET text v NX | EXEC',
      'MULTI | SET new v | EXPIRE new 60 | SET text v NX XX | EXEC',
    ]);
  });
});

/** As it is written anew. */
function quoted(line: string): string {
  return wordsOf(line).map(writeLine).join(' | ');
}
