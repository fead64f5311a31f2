import { describe, expect, it } from 'vitest';
import { quote } from '../valkey/notation/quoting.ts';
import { EvidenceLimits } from './limits.ts';
import { parseMonitorLine } from './monitor-line.ts';

const HEAD = '1339518083.107412 [0 127.0.0.1:60866]';
const argsOf = (line: string) => parseMonitorLine(`${HEAD} ${line}`)?.args;

describe('parseMonitorLine', () => {
  it('reads time, database, source and arguments', () => {
    expect(parseMonitorLine(`${HEAD} "keys" "*"`)).toEqual({
      at: 1339518083107412,
      db: 0,
      source: '127.0.0.1:60866',
      args: ['keys', '*'],
      line: null,
    });
  });

  it.each([
    ['1.000001 [3 lua] "get" "a"', { at: 1000001, db: 3, source: 'lua' }],
    ['1.000001 [0 [::1]:50000] "get" "a"', { source: '[::1]:50000' }],
    ['1.000001 [0 unix:/tmp/a b] [c/valkey.sock] "get" "a"', { source: 'unix', args: ['get', 'a'] }],
    ['1.000001 [15 unix:] "get" "a"', { db: 15, source: 'unix' }],
  ])('reads the source of %s', (line, expected) => {
    expect(parseMonitorLine(line)).toMatchObject(expected);
  });

  it.each([
    ['an empty argument', '"set" "a" ""', ['set', 'a', '']],
    ['spaces and quotes', '"set" "a" "say \\"hi\\" \\" \\""', ['set', 'a', 'say "hi" " "']],
    ['escapes', '"set" "a" "x\\\\n\\n\\r\\t\\a\\b"', ['set', 'a', 'x\\n\n\r\t\u0007\b']],
    ['UTF-8', '"set" "a" "caf\\xc3\\xa9"', ['set', 'a', 'café']],
    ['bytes that are not text', '"set" "\\xff\\x00" "a"', ['set', { base64: '/wA=' }, 'a']],
  ])('reads %s', (_, line, expected) => {
    expect(argsOf(line)).toEqual(expected);
  });

  it.each([
    ['quotes', '"set" "a" "say "hi" now"', ['set', 'a', 'say "hi" now']],
    ['JSON', '"set" "a" "{"b":"c \\n","d":""}"', ['set', 'a', '{"b":"c \n","d":""}']],
    ['a backslash at the end', '"set" "a\\" "b"', ['set', 'a\\', 'b']],
    ['a backslash before what is no escape', '"set" "a" "\\d+\\.\\d+"', ['set', 'a', '\\d+\\.\\d+']],
  ])(
    'reads %s as a server prints them that leaves quotes and backslashes as they are',
    (_, line, expected) => {
      expect(argsOf(line)).toEqual(expected);
    },
  );

  it('gives back every byte', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect(argsOf(`"set" ${quote(all)}`)).toEqual(['set', { base64: all.toString('base64') }]);
  });

  it('cuts long arguments, and keeps however many there are', () => {
    const long = 'x'.repeat(EvidenceLimits.valueBytes + 1);
    expect(argsOf(`"set" "a" "${long}"`)?.[2]).toEqual({ head: long.slice(1), length: long.length });
    expect(argsOf('"a" '.repeat(200_000).trimEnd())).toHaveLength(200_000);
  });

  it('marks the last argument of a line that was cut', () => {
    expect(parseMonitorLine(`${HEAD} "set" "a" "begins so`, 100)?.args).toEqual([
      'set',
      'a',
      { head: 'begins so', length: 109 },
    ]);
    const long = 'x'.repeat(EvidenceLimits.valueBytes + 1);
    expect(parseMonitorLine(`${HEAD} "set" "${long}`, 100)?.args[1]).toEqual({
      head: long.slice(1),
      length: long.length + 100,
    });
  });

  it('counts the arguments behind one that was cut', () => {
    expect(parseMonitorLine(`${HEAD} "del" "a" "b"`, 0, 7)).toMatchObject({
      args: ['del', 'a', 'b'],
      arguments: 10,
    });
    expect(parseMonitorLine(`${HEAD} "del" "a" "b"`)).not.toHaveProperty('arguments');
  });

  it.each(['OK', '', '1339518083.107412 [0 127.0.0.1:60866]', '1339518083 [0 lua] "get"', 'x [0 lua] "get"'])(
    'takes %j for no command',
    (line) => {
      expect(parseMonitorLine(line)).toBeUndefined();
    },
  );
});
