import { describe, expect, it } from 'vitest';
import { parseQueueAddress } from './queue-address.ts';

describe('the address of a queue', () => {
  it.each([
    ['valkey://queue.example', { host: 'queue.example', port: 6379, db: 0, tls: false }],
    ['redis://queue.example:7000/2', { host: 'queue.example', port: 7000, db: 2, tls: false }],
    ['valkeys://:p%40ss@queue.example', { password: 'p@ss', tls: true, shown: 'queue.example:6379' }],
    ['rediss://me:100%25sure@[::1]:1/', { host: '::1', port: 1, username: 'me', password: '100%sure' }],
    ['valkey://:100%@queue.example', { password: '100%' }],
  ])('%s is read', (text, address) => {
    expect(parseQueueAddress(text)).toMatchObject(address);
  });

  it.each([
    'queue.example:6379',
    'http://queue.example',
    'valkey://queue.example/jobs',
    'valkey://',
    '',
    'valkey://h/1?secret=1',
  ])('"%s" is refused, and not repeated', (text) => {
    expect(() => parseQueueAddress(text)).toThrow(/The address of the queue is none\. It is written/);
    expect(() => parseQueueAddress(text)).not.toThrow(/queue\.example|secret/);
  });
});
