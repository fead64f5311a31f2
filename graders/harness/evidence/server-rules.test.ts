import { describe, expect, it } from 'vitest';
import { givenCommands, LOOKED_AT, lookAt, whyNotAllowed, whyNotSet } from './server-rules.ts';

const look = (command: string) => lookAt(command.split(' '), (user) => user === 'grader-1');

describe('settings', () => {
  it.each([
    ['maxmemory-policy', 'allkeys-lru'],
    ['Notify-Keyspace-Events', 'KEA'],
    ['maxmemory', '2mb'],
    ['maxmemory', '256MB'],
    ['maxmemory', '1000000'],
  ])('%s may be %s', (name, value) => {
    expect(whyNotSet(name, value)).toBeUndefined();
  });

  it.each([
    ...[
      'dir',
      'dbfilename',
      'save',
      'appendonly',
      'bind',
      'port',
      'requirepass',
      'aclfile',
      'rename-command',
    ],
    ...['enable-debug-command', 'proc-title-template', 'maxclients', 'timeout', 'client-output-buffer-limit'],
    ...['maxmemory-clients', 'busy-reply-threshold', 'replicaof', 'loadmodule', 'logfile', 'unixsocket', ''],
  ])('%s may not be set', (name) => {
    expect(whyNotSet(name, 'x')).toBe(`${name} is no setting that a challenge may change`);
  });

  it.each(['257mb', '1gb', '0', '-1', '', '100%', '99999999999999999999'])(
    'maxmemory may not be %s',
    (value) => {
      expect(whyNotSet('maxmemory', value)).toBe('maxmemory may be 256mb at most, and not 0');
    },
  );
});

describe('commands that are allowed', () => {
  it('are given if they only tell', () => {
    expect(givenCommands(['config|get', ...LOOKED_AT])).toEqual(['config|get']);
  });

  it.each([
    'config|rewrite',
    'acl|load',
    'acl|log',
    'client|kill',
    'debug',
    'shutdown',
    'monitor',
    '@admin',
    'acl',
    '@all',
  ])('%s cannot be', (name) => {
    expect(whyNotAllowed(name)).toMatch(`${name} cannot be allowed: only acl|deluser, `);
  });
});

describe('a command that is looked at', () => {
  it('makes users without the rights of administrators', () => {
    expect(look('ACL SETUSER chewie on >pw ~ship:* +@all')).toEqual({
      send: 'ACL SETUSER chewie on >pw ~ship:* +@all -@admin -migrate -script|debug'.split(' '),
    });
    expect(look('acl deluser chewie')).toEqual({ send: ['acl', 'deluser', 'chewie'] });
    expect(look('CONFIG SET maxmemory-policy allkeys-lru maxmemory 2mb')).toMatchObject({
      send: expect.any(Array),
    });
  });

  it.each([
    ['ACL SETUSER default +@all', 'the user default is not yours to change'],
    ['ACL SETUSER grader-1 off', 'the user grader-1 is not yours to change'],
    ['ACL SETUSER chewie (+@all ~*)', 'selectors cannot be used in this challenge'],
    ['ACL DELUSER chewie grader-1', 'the user grader-1 is not yours to remove'],
    ['ACL DELUSER default', 'the user default is not yours to remove'],
    ['CONFIG SET dir /tmp', 'dir is no setting that a challenge may change'],
    [
      'CONFIG SET maxmemory-policy allkeys-lru requirepass x',
      'requirepass is no setting that a challenge may change',
    ],
    ['CONFIG SET maxmemory 1gb', 'maxmemory may be 256mb at most, and not 0'],
  ])('is not sent: %s', (command, reason) => {
    expect(look(command)).toEqual({ refuse: reason });
  });
});
