import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ownerState, ownerToken } from './owner.ts';

describe('ownerToken', () => {
  it('can stand in the name of a file or in a label, and is the same all along', () => {
    expect(ownerToken()).toMatch(/^[A-Za-z0-9-]+\.\d+\.\d+\.s?\d+$/);
    expect(ownerToken()).toBe(ownerToken());
    expect(ownerToken().split('.')[2]).toBe(String(process.pid));
  });
});

describe('ownerState', () => {
  const [host = '', namespace = '', pid = '', started = ''] = ownerToken().split('.');

  it('knows this process, also where something follows its token', () => {
    expect(ownerState(ownerToken())).toBe('alive');
    expect(ownerState(`${ownerToken()}.AbC123`)).toBe('alive');
  });

  it('knows a process that has ended', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    expect(ownerState(`${host}.${namespace}.${child.pid}.12345`)).toBe('dead');
  });

  it.skipIf(process.platform === 'win32')('knows a pid that is used again', () => {
    expect(ownerState(`${host}.${namespace}.${pid}.${started}1`)).toBe('dead');
  });

  it('leaves a living process alone whose token an earlier version wrote', () => {
    expect(ownerState(`${host}.${namespace}.${pid}.12345`)).toBe('alive');
  });

  it('takes a process that is somebody else’s for alive', () => {
    expect(ownerState(`${host}.${namespace}.1.0`)).toBe('alive');
  });

  it.each([
    `other-host.${namespace}.${pid}.${started}`,
    `${host}.${namespace}1.${pid}.${started}`,
    `${host}.${namespace}.no-number.${started}`,
    `${host}.${namespace}.-1.${started}`,
    '',
    'socket',
  ])('cannot tell of %j', (token) => {
    expect(ownerState(token)).toBe('unknown');
  });
});
