import { afterEach, describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { learnersAtRest } from './at-rest.ts';

const server = useServer();
const open: CommandConnection[] = [];

afterEach(async () => {
  for (const connection of open.splice(0)) connection.close();
  while (String(await server.session.call('CLIENT', 'LIST')).includes('user=default'));
});

/** Opens a connection, sends a command over it, and waits until the server has run it. */
async function send(command: string): Promise<CommandConnection> {
  const { host, port } = server.address;
  const connection = await CommandConnection.open({ host, port });
  open.push(connection);
  connection.write(splitArguments(command));
  const [name = ''] = command.toLowerCase().split(' ');
  while (!String(await server.session.call('CLIENT', 'LIST')).includes(`cmd=${name}`));
  return connection;
}

/** Waits until the server says that nothing came over any of the learner's connections for three seconds. */
async function untilIdle(): Promise<void> {
  for (;;) {
    const list = String(await server.session.call('CLIENT', 'LIST')).split('\n');
    const idle = list
      .filter((line) => line.includes('user=default'))
      .map((line) => / idle=(\d+)/.exec(line)?.[1]);
    if (idle.every((seconds) => Number(seconds) >= 3)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('learnersAtRest', () => {
  it('says the same of connections that are idle until something comes over one', async () => {
    const connection = await send('PING');
    expect(await learnersAtRest(server.session)).toBeNull();
    await untilIdle();
    const first = await learnersAtRest(server.session);
    expect(first).toContain('cmd=ping');
    expect(await learnersAtRest(server.session)).toBe(first);
    connection.write(splitArguments('ECHO a'));
    while (!String(await server.session.call('CLIENT', 'LIST')).includes('cmd=echo'));
    expect(await learnersAtRest(server.session)).not.toBe(first);
  });

  it.each(['BLPOP nothing 0', 'SUBSCRIBE news', 'PSUBSCRIBE *', 'CLIENT TRACKING ON BCAST'])(
    'does not where the server may yet answer: %s',
    async (command) => {
      if (command.startsWith('CLIENT')) (await send('HELLO 3')).write(splitArguments(command));
      else await send(command);
      await send('PING');
      await untilIdle();
      expect(await learnersAtRest(server.session)).toBeNull();
    },
  );

  it('does not where nobody is connected', async () => {
    expect(await learnersAtRest(server.session)).toBeNull();
  });
});
