import { describe, expect, it } from 'vitest';
import { replyItems } from './reply-items.ts';

describe('replyItems', () => {
  it.each([
    ['(integer) 3', ['3']],
    ['"a b\\n\\"c\\""', ['a b\n"c"']],
    ['OK', ['OK']],
    ['(nil)', ['(nil)']],
    ['(double) 1.5', ['1.5']],
    ['(empty array)', []],
    ['1) (integer) 1\n2) "4"\n3) (nil)', ['1', '4', '(nil)']],
    ['1) 1) "a"\n   2) (integer) 2\n2) "1) b"', ['a', '2', '1) b']],
    ['"abc… (70002 bytes in all)', ['"abc… (70002 bytes in all)']],
    ['"abc" … 9 bytes of this reply were cut here …', ['"abc" … 9 bytes of this reply were cut here …']],
    ['(error) ERR no such key', ['ERR no such key']],
  ])('reads %j', (reply, items) => {
    expect(replyItems(reply)).toEqual(items);
  });
});
