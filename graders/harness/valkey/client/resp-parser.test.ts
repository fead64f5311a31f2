import { describe, expect, it } from 'vitest';
import { missingBytes, type Reply } from './reply.ts';
import { ProtocolError, RespParser } from './resp-parser.ts';

const bulk = (text: string): Reply => ({ type: 'bulk', value: Buffer.from(text) });
const integer = (value: string): Reply => ({ type: 'integer', value });

const CASES: [string, Reply][] = [
  ['+OK\r\n', { type: 'status', value: 'OK' }],
  ['+\r\n', { type: 'status', value: '' }],
  ['-ERR no such key\r\n', { type: 'error', value: 'ERR no such key' }],
  [':-7\r\n', integer('-7')],
  [
    '(3492890328409238509324850943850943825024385\r\n',
    integer('3492890328409238509324850943850943825024385'),
  ],
  [',3.25\r\n', { type: 'double', value: '3.25' }],
  [',inf\r\n', { type: 'double', value: 'inf' }],
  ['#t\r\n', { type: 'boolean', value: true }],
  ['#f\r\n', { type: 'boolean', value: false }],
  ['_\r\n', { type: 'nil' }],
  ['$-1\r\n', { type: 'nil' }],
  ['*-1\r\n', { type: 'nil' }],
  ['$0\r\n\r\n', bulk('')],
  ['$6\r\nab\r\ncd\r\n', bulk('ab\r\ncd')],
  ['$5\r\ncaf\u00e9\r\n', bulk('café')],
  ['=7\r\ntxt:abc\r\n', { type: 'verbatim', value: Buffer.from('abc') }],
  ['!8\r\nERR a\r\nb\r\n', { type: 'error', value: 'ERR a\r\nb' }],
  ['*0\r\n', { type: 'array', items: [] }],
  ['~1\r\n:1\r\n', { type: 'set', items: [integer('1')] }],
  ['>2\r\n$1\r\na\r\n_\r\n', { type: 'push', items: [bulk('a'), { type: 'nil' }] }],
  ['%1\r\n$1\r\na\r\n:1\r\n', { type: 'map', items: [bulk('a'), integer('1')] }],
  [
    '*3\r\n*2\r\n:1\r\n*0\r\n%1\r\n+k\r\n*1\r\n$-1\r\n:9\r\n',
    {
      type: 'array',
      items: [
        { type: 'array', items: [integer('1'), { type: 'array', items: [] }] },
        {
          type: 'map',
          items: [
            { type: 'status', value: 'k' },
            { type: 'array', items: [{ type: 'nil' }] },
          ],
        },
        integer('9'),
      ],
    },
  ],
];

describe('RespParser', () => {
  it.each(CASES)('parses %j', (text, reply) => {
    expect(new RespParser().feed(Buffer.from(text))).toEqual([reply]);
  });

  const stream = Buffer.from(CASES.map(([text]) => text).join(''));
  const replies = CASES.map(([, reply]) => reply);

  it.each([1, 2, 3, 7, 50])('parses a stream that comes in chunks of %i bytes', (size) => {
    const parser = new RespParser();
    const parsed: Reply[] = [];
    for (let start = 0; start < stream.length; start += size)
      parsed.push(...parser.feed(stream.subarray(start, start + size)));
    expect(parsed).toEqual(replies);
  });

  it('parses a large bulk and a large array that come in many chunks', () => {
    const value = Buffer.alloc(3_000_000, 'x');
    const items = 100_000;
    const text = Buffer.concat([
      Buffer.from(`$${value.length}\r\n`),
      value,
      Buffer.from(`\r\n*${items}\r\n${':1\r\n'.repeat(items)}`),
    ]);
    const parser = new RespParser();
    const parsed: Reply[] = [];
    for (let start = 0; start < text.length; start += 1000)
      parsed.push(...parser.feed(text.subarray(start, start + 1000)));
    const [bulk, array] = parsed;
    expect(bulk?.type === 'bulk' && bulk.value.equals(value)).toBe(true);
    expect(array?.type === 'array' && array.items.length).toBe(items);
    expect(parsed).toHaveLength(2);
  });

  it.each(['HTTP/1.1 400 Bad Request\r\n', '$x\r\n', '*\r\n'])('refuses %j', (text) => {
    expect(() => new RespParser().feed(Buffer.from(text))).toThrow(ProtocolError);
  });
});

describe('RespParser, within limits', () => {
  const cut = (text: string, bytes: number, depth = 10) =>
    new RespParser({ bytes, depth }).feed(Buffer.from(text));

  it('keeps what fits, and begins anew with each reply', () => {
    const text = '$5\r\nabcde\r\n'.repeat(3);
    expect(cut(text, 12)).toEqual([bulk('abcde'), bulk('abcde'), bulk('abcde')]);
  });

  it('keeps the head of a long bulk, whatever the chunks, and counts the rest', () => {
    const text = Buffer.from(`$100\r\n${'x'.repeat(100)}\r\n:7\r\n`);
    for (const size of [1, 3, 50, 1000]) {
      const parser = new RespParser({ bytes: 16, depth: 1 });
      const parsed: Reply[] = [];
      for (let start = 0; start < text.length; start += size)
        parsed.push(...parser.feed(text.subarray(start, start + size)));
      expect(parsed).toEqual([
        { type: 'bulk', value: Buffer.from('x'.repeat(10)), missing: 90 },
        integer('7'),
      ]);
    }
  });

  it('keeps the head of a long line', () => {
    expect(cut(`+${'x'.repeat(999)}\r\n-ERR\r\n`, 100)).toEqual([
      { type: 'status', value: 'x'.repeat(99), missing: 900 },
      { type: 'error', value: 'ERR' },
    ]);
  });

  it('keeps the first items of a long array, and counts the bytes of the others', () => {
    const items = [':1\r\n', ':2\r\n', '$3\r\nabc\r\n', '*2\r\n', ':3\r\n', '%1\r\n', '+a\r\n', '_\r\n'];
    expect(cut(`*4\r\n${items.join('')}+OK\r\n`, 10)).toEqual([
      { type: 'array', items: [integer('1'), integer('2')], missing: items.slice(2).join('').length },
      { type: 'status', value: 'OK' },
    ]);
  });

  it('keeps nothing of what is nested too deep, and goes on behind it', () => {
    const deep = '*1\r\n'.repeat(100_000);
    const [reply, next] = cut(`*2\r\n${deep}:1\r\n:2\r\n+OK\r\n`, 1_000, 2);
    expect(reply).toMatchObject({
      type: 'array',
      items: [{ type: 'array', items: [{ type: 'array', items: [] }] }, integer('2')],
    });
    expect(reply && missingBytes(reply)).toBe(deep.length + 4 - 8);
    expect(next).toEqual({ type: 'status', value: 'OK' });
  });

  it('holds no more of a reply than its limits, however large that is', () => {
    const parser = new RespParser({ bytes: 1_000, depth: 2 });
    const chunk = Buffer.from(':1\r\n'.repeat(10_000));
    expect(parser.feed(Buffer.from('*1000000\r\n'))).toEqual([]);
    for (let round = 0; round < 99; round += 1) expect(parser.feed(chunk)).toEqual([]);
    const [reply] = parser.feed(chunk);
    expect(reply && 'items' in reply && reply.items.length).toBeLessThan(250);
    expect(reply && missingBytes(reply)).toBeGreaterThan(3_999_000);
  });
});
