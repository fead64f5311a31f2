import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isCut } from '../../base/bytes.ts';
import { hidesArguments } from '../../evidence/completeness.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { askedOf, large, many, repliesOf, type Seen, seenOfKey, traceOf, worst } from '../../testing/seen.ts';
import { useServer } from '../../testing/server.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { askServer } from './answers.ts';
import { MessageRecorder } from './message-recorder.ts';
import { sourceText } from './record-evidence.ts';
import { takeSnapshot } from './snapshot.ts';
import { TraceRecorder } from './trace-recorder.ts';

const server = useServer();

beforeEach(async () => {
  await server.session.call('FLUSHALL');
});

type Limits = typeof EvidenceLimits;
/** Makes something of a size, and says what of it is in the evidence. */
type Edge = (size: number) => Promise<Seen> | Seen;

/** For each limit, by its name: so that none can be without. */
const EDGES: Record<keyof Limits, Edge> = {
  keys: async (size) => {
    await lua(`for i = 1, ${size} do server.call('SET', 'k' .. i, i) end`);
    return seenOf(size);
  },
  keyNameBytes: async (size) => {
    await lua(`server.call('SET', string.rep('k', ${size}), 'v')`);
    return seenOf(1);
  },
  elements: async (size) => {
    await lua(`for i = 1, ${size} do
      server.call('RPUSH', 'list', i) server.call('SADD', 'set', 'm' .. i)
      server.call('ZADD', 'zset', i, i) server.call('HSET', 'hash', 'f' .. i, i) end`);
    const seen = (await database0()).keys.map(seenOfKey);
    expect(seen).toHaveLength(4);
    return seen.every((one) => one === seen[0]) ? (seen[0] ?? 'cut') : 'cut';
  },
  keyBytes: async (size) => {
    const whole = Math.floor(size / EvidenceLimits.valueBytes);
    await lua(`local v = string.rep('x', ${EvidenceLimits.valueBytes})
      for i = 1, ${whole} do server.call('RPUSH', 'list', v) end
      server.call('RPUSH', 'list', string.rep('y', ${size - whole * EvidenceLimits.valueBytes}))`);
    const [key] = (await database0()).keys;
    return key ? seenOfKey(key) : 'cut';
  },
  keyspaceBytes: async (size) => {
    // The last of the keys makes up what the others, with their names, leave.
    const each = EvidenceLimits.valueBytes;
    const count = Math.floor(size / (each + 4));
    const rest = size - count * (each + 4) - 4;
    await lua(`local v = string.rep('x', ${each})
      for i = 1, ${count} do server.call('SET', string.format('k%03d', i), v) end
      server.call('SET', 'last', string.rep('y', ${rest}))`);
    const { size: total, keys } = await database0();
    expect(total).toBe(count + 1);
    return keys.length < total ? 'cut, and said so' : worst(keys.map(seenOfKey));
  },
  keyspaceElements: async (size) => {
    const each = EvidenceLimits.elements;
    await lua(`local items = {}
      for i = 1, 1000 do items[i] = i end
      for i = 1, ${size / each} do for j = 1, ${each / 1000} do server.call('RPUSH', string.format('l%03d', i), unpack(items)) end end
      for i = 1, ${size % each} do server.call('RPUSH', 'last', i) end`);
    return seenOf(Math.ceil(size / each));
  },
  valueBytes: async (size) => {
    await lua(
      `local v = string.rep('x', ${size}) server.call('SET', 'string', v) server.call('RPUSH', 'list', v)`,
    );
    const values = (await database0()).keys.flatMap((key) =>
      key.type === 'string' ? [key.value] : key.type === 'list' ? key.items : [],
    );
    expect(values).toHaveLength(2);
    return worst(
      values.map((value) => (isCut(value) ? (value.length === size ? 'cut, and said so' : 'cut') : 'whole')),
    );
  },
  traceHead: (size) => traceOf([...many(size), ...many(EvidenceLimits.traceTail)]),
  traceTail: (size) => traceOf([...many(EvidenceLimits.traceHead), ...many(size)]),
  traceHeadBytes: (size) => traceOf([...large(size), ...large(EvidenceLimits.traceTailBytes)]),
  traceTailBytes: (size) => traceOf([...large(EvidenceLimits.traceHeadBytes), ...large(size)]),
  traceAskedHead: (size) => askedOf(many(size + EvidenceLimits.traceAskedTail, 'asked')),
  traceAskedTail: (size) => askedOf(many(EvidenceLimits.traceAskedHead + size, 'asked')),
  traceAskedHeadBytes: (size) =>
    askedOf([...large(size, 'asked'), ...large(EvidenceLimits.traceAskedTailBytes, 'asked')]),
  traceAskedTailBytes: (size) =>
    askedOf([...large(EvidenceLimits.traceAskedHeadBytes, 'asked'), ...large(size, 'asked')]),
  traceLineBytes: async (size) => {
    const connection = await CommandConnection.open(server.address);
    const recorder = await TraceRecorder.start(server.address, server.session);
    try {
      await connection.send(splitArguments('DEL a b'));
      const local = await connection.send(splitArguments('CLIENT INFO'));
      const address = /\baddr=(\S+)/.exec('value' in local ? String(local.value) : '')?.[1] ?? '';
      // With the plus sign in front, and the carriage return behind it.
      const fixed = `+1756000000.000000 [0 ${address}] "DEL" "" "b"\r`.length;
      await connection.send([Buffer.from('DEL'), Buffer.alloc(size - fixed, 'a'), Buffer.from('b')]);
    } finally {
      connection.close();
    }
    const entry = (await recorder.finish(server.session)).entries.at(-1);
    if (entry?.args.at(-1) === 'b') return 'whole';
    const last = entry?.args.at(-1);
    return entry && (hidesArguments(entry) || (last !== undefined && isCut(last)))
      ? 'cut, and said so'
      : 'cut';
  },
  answerBytes: async (size) => {
    await lua(`server.call('SET', 'v', string.rep('x', ${size}))`);
    return answersOf(['GET v']);
  },
  answersBytes: async (size) => {
    const { answerBytes } = EvidenceLimits;
    const whole = Math.floor(size / answerBytes);
    await lua(`server.call('SET', 'v', string.rep('x', ${answerBytes}))
      server.call('SET', 'last', string.rep('y', ${size - whole * answerBytes}))`);
    return answersOf([...Array<string>(whole).fill('GET v'), 'GET last']);
  },
  messages: (size) => messagesOf(Array.from({ length: size }, (_, index) => String(index))),
  messagesBytes: (size) => {
    const each = EvidenceLimits.valueBytes;
    const count = Math.floor(size / (each + 1));
    return messagesOf([
      ...Array.from({ length: count }, () => 'x'.repeat(each)),
      'y'.repeat(size - count * (each + 1) - 1),
    ]);
  },
  replies: (size) => repliesOf(Array.from({ length: size }, () => ['PING', 'PONG'])),
  replyBytes: (size) => repliesOf([['GET k', 'x'.repeat(size)]]),
  repliesBytes: (size) => {
    const each = EvidenceLimits.replyBytes;
    const count = Math.floor(size / each);
    return repliesOf([
      ...Array.from({ length: count }, (): [string, string] => ['GET k', 'x'.repeat(each)]),
      ['GET k', 'y'.repeat(size - count * each)],
    ]);
  },
  replyArgsBytes: (size) => {
    const each = EvidenceLimits.valueBytes;
    const count = Math.floor(size / each);
    const sent = [...Array.from({ length: count }, () => 'x'.repeat(each)), 'y'.repeat(size - count * each)];
    return repliesOf(sent.filter((word) => word !== '').map((word) => [word, 'ERR']));
  },
  sourceBytes: async (size) => {
    const folder = await mkdtemp(join(tmpdir(), 'source-'));
    try {
      await writeFile(join(folder, 'x.valkey'), 'x'.repeat(size));
      const text = await sourceText(join(folder, 'x.valkey'));
      return text === null ? 'cut, and said so' : text.length === size ? 'whole' : 'cut';
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

describe('what is as large as evidence allows is whole, and what is larger is cut and says so', () => {
  it.each(Object.keys(EDGES) as (keyof Limits)[])('%s', async (name) => {
    expect(await EDGES[name](EvidenceLimits[name])).toBe('whole');
    await server.session.call('FLUSHALL');
    expect(await EDGES[name](EvidenceLimits[name] + 1)).toBe('cut, and said so');
  });
});

async function lua(script: string): Promise<void> {
  await server.session.call('EVAL', script, '0');
}

async function database0() {
  const [database] = (await takeSnapshot(server.session)).databases;
  if (!database) throw new Error('there is no key');
  return database;
}

/** Of so many keys. */
async function seenOf(count: number): Promise<Seen> {
  const { size, keys } = await database0();
  if (size !== count) return 'cut';
  return keys.length < size ? 'cut, and said so' : worst(keys.map(seenOfKey));
}

async function answersOf(commands: readonly string[]): Promise<Seen> {
  const answers = await askServer(
    server.address,
    server.session,
    commands.map((command) => ({ command, db: 0 })),
  );
  return answers.some(({ reply }) => typeof reply !== 'string') ? 'cut, and said so' : 'whole';
}

async function messagesOf(messages: readonly string[]): Promise<Seen> {
  const recorder = await MessageRecorder.start(server.address, server.session);
  await server.session.callAll(messages.map((message) => ['PUBLISH', 'c', message]));
  const { entries, cut } = await recorder.finish();
  if (entries.length === messages.length) return cut ? 'cut' : 'whole';
  return cut ? 'cut, and said so' : 'cut';
}
