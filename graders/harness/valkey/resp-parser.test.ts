import { describe, expect, it } from 'vitest';
import type { Reply } from './reply.ts';
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
