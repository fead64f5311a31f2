import { afterEach, describe, expect, it } from 'vitest';
import { InfrastructureError } from '../../base/errors.ts';
import { dockerForTests } from '../../testing/docker.ts';
import { eventually } from '../../testing/leftovers.ts';
import { testbed } from '../../testing/testbeds.ts';
import { connectOptions } from '../../valkey/client/address.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import type { RunningServer } from '../engine/engine.ts';
import { BusyServerError, EndlessScriptError } from './lock-out.ts';
import { causeOfLoss, explainEnd } from './server-end.ts';
import { ServerPatience } from './server-patience.ts';

const docker = await dockerForTests();
const servers: RunningServer[] = [];
const connections: CommandConnection[] = [];

async function start(engine: 'local' | 'docker'): Promise<RunningServer> {
  const server = await (await testbed(engine)).engine.start();
  servers.push(server);
  return server;
}

async function open(server: RunningServer): Promise<CommandConnection> {
  const connection = await CommandConnection.open(connectOptions(server.address));
  connections.push(connection);
  return connection;
}

async function run(server: RunningServer, ...commands: string[]): Promise<void> {
  const connection = await open(server);
  for (const command of commands) await connection.send(splitArguments(command));
}

afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const lost = new InfrastructureError('Connection is closed.');
const busy = new BusyServerError('no answer');

// Much memory takes a busy machine long.
describe.each(['local', 'docker'] as const)('with the %s engine', { timeout: 300_000 }, (engine) => {
  const skip = process.platform !== 'linux' || (engine === 'docker' && !docker);

  describe.skipIf(skip)('causeOfLoss', () => {
    it('blames nobody if the server still answers, or was shut down', async () => {
      const server = await start(engine);
      expect(await causeOfLoss(lost, server)).toBeNull();
      expect(await causeOfLoss(new Error('a mistake'), server)).toBeNull();
      await run(server, 'SHUTDOWN NOSAVE').catch(() => undefined);
      expect(await causeOfLoss(lost, server)).toBeNull();
      expect(await causeOfLoss(busy, server)).toBeNull();
      expect(await explainEnd(lost, server)).toMatchObject({
        message: 'The grading server ended by itself (exit code 0): Connection is closed.',
      });
    });

    it('names the memory if that ended the server, however soon it is asked', async () => {
      const server = await start(engine);
      const values = ['a', 'b', 'c', 'd'].map((name) => `SETRANGE ${name} 536870911 x`);
      await run(server, 'MULTI', ...values, 'EXEC').catch(() => undefined);
      expect(await causeOfLoss(lost, server)).toBe('out of memory');
    });

    it('tells a server that has too much to do by what it holds', async () => {
      const server = await start(engine);
      expect(await causeOfLoss(busy, server)).toBe('busy');
      expect(await causeOfLoss(new EndlessScriptError('UNKILLABLE'), server)).toBe('endless Lua script');
      await run(server, 'MULTI', 'SETRANGE a 536870911 x', 'SETRANGE b 536870911 x', 'EXEC');
      expect(await causeOfLoss(busy, server)).toBe('out of memory');
    });
  });

  describe.skipIf(skip)('ServerPatience', () => {
    it('counts how long the server works, and not how long that takes', async () => {
      const server = await start(engine);
      const patience = new ServerPatience(server);
      expect(await patience.spentMs()).toBe(0);
      (await open(server)).write(splitArguments('EVAL "while true do end" 0'));
      const spent = await eventually(async () => {
        const now = await patience.spentMs();
        return now > 50 ? now : undefined;
      });
      const usage = await server.usage();
      expect(usage?.cpuMs).toBeGreaterThanOrEqual(spent);
      await server.stop();
      expect(await server.usage()).toBeNull();
    });
  });
});
