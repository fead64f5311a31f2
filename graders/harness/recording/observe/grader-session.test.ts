import { describe, expect, it } from 'vitest';
import { InfrastructureError } from '../../base/errors.ts';
import { useServer } from '../../testing/server.ts';
import { GraderSession } from './grader-session.ts';

const server = useServer();

describe('the learner’s rights', () => {
  it('are had without a password', async () => {
    expect(String(await server.cli([], 'SET a 1'))).toBe('OK\n');
  });
});

describe('GraderSession', () => {
  it('outranks the learner, whatever the learner does to its own connection', async () => {
    expect(await server.session.call('ACL', 'WHOAMI')).toBe(server.session.credentials.username);
    expect(await server.session.call('CONFIG', 'GET', 'save')).toEqual(['save', '']);
  });

  it('gives back many replies in one go, strings as buffers', async () => {
    const replies = await server.session.callAll([
      ['SET', 'binary', Buffer.from([0xff, 0])],
      ['GET', 'binary'],
      ['STRLEN', 'binary'],
      ['GET', 'nobody'],
    ]);
    expect(replies).toEqual([Buffer.from('OK'), Buffer.from([0xff, 0]), 2, null]);
    expect(await server.session.callAll([])).toEqual([]);
  });

  it('calls it a fault of ours where the server refuses a command of the grader', async () => {
    const attempt = server.session.callAll([['PING'], ['HSET', 'a']]);
    await expect(attempt).rejects.toThrow(InfrastructureError);
    await expect(attempt).rejects.toThrow(
      'The server refused the grader (HSET): ERR wrong number of arguments',
    );
    await expect(server.session.call('HSET')).rejects.toThrow(InfrastructureError);
  });

  it('calls it a fault of ours where there is no server', async () => {
    await expect(GraderSession.open({ host: '127.0.0.1', port: 1 })).rejects.toThrow(InfrastructureError);
  });

  it('tells the server’s clock and version', async () => {
    const before = Date.now();
    const time = await server.session.time();
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
    const { name, version } = await server.session.version();
    expect(name).toBe('valkey');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
