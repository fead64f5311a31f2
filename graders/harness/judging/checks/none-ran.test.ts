import { expect, it } from 'vitest';
import { type EvidenceOptions, makeView } from '../../testing/evidence.ts';
import { noneRan } from './none-ran.ts';

it.each<[string, EvidenceOptions]>([
  ['no command ran at all', {}],
  ['no such command ran', { commands: ['SET a 1'] }],
  ['no such command ran', { commands: ['PING'] }],
  [
    'the server refused HGET',
    { commands: ['SET a 1'], refused: [{ command: 'hget', rejected: 1, failed: 0 }] },
  ],
  [
    'no command ran: the server refused 2 commands',
    { refused: [{ command: 'hset', rejected: 2, failed: 0 }] },
  ],
  [
    'no command ran: the server refused 1 command',
    { replies: [{ line: 1, args: ['HGETT'], reply: '(error) ERR unknown command', error: true }] },
  ],
])('says %j', (text, options) => {
  expect(noneRan(makeView(options), new Set(['HGET']))).toBe(text);
});
