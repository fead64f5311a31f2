import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { splitArguments } from '../notation/quoting.ts';
import { CommandConnection, ConnectionClosedError } from './command-connection.ts';

const server = useServer();

/** What a connection to a peer that answers with this text, and then hangs up, meets with. */
async function readFrom(answer: string): Promise<CommandConnection> {
  const peer = createServer((socket) => socket.end(answer));
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  const { port } = peer.address() as AddressInfo;
  const connection = await CommandConnection.open({ host: '127.0.0.1', port });
  peer.close();
  return connection;
}

describe('CommandConnection', () => {
  it.each(['tcp', 'socket'])('sends commands and gives back typed replies (%s)', async (way) => {
    const { host, port, socketPath = '' } = server.address;
    const connection = await CommandConnection.open(way === 'tcp' ? { host, port } : { path: socketPath });
    try {
      expect(await connection.send(splitArguments('SET k "\\x00\\xff\\r\\n"'))).toEqual({
        type: 'status',
        value: 'OK',
      });
      expect(await connection.send(splitArguments('GET k'))).toEqual({
        type: 'bulk',
        value: Buffer.from([0, 255, 13, 10]),
      });
      expect(await connection.send(splitArguments('GET'))).toMatchObject({ type: 'error' });
    } finally {
      connection.close();
    }
  });

  it('gives back the replies in order where commands are sent ahead', async () => {
    const connection = await CommandConnection.open(server.address);
    for (let number = 0; number < 1000; number += 1) connection.write(splitArguments(`ECHO ${number}`));
    for (let number = 0; number < 1000; number += 1)
      expect(await connection.read()).toEqual({ type: 'bulk', value: Buffer.from(String(number)) });
    connection.close();
  });

  it('rejects where nobody listens', async () => {
    await expect(CommandConnection.open({ host: '127.0.0.1', port: 1 })).rejects.toThrow('ECONNREFUSED');
  });

  it('gives back what came before the peer hung up, then rejects', async () => {
    const connection = await readFrom('+OK\r\n:1');
    expect(await connection.read()).toEqual({ type: 'status', value: 'OK' });
    await expect(connection.read()).rejects.toThrow(ConnectionClosedError);
    await expect(connection.read()).rejects.toThrow('Server closed the connection');
  });

  it('tells a reset like any other end: which of the two a client sees is chance', async () => {
    const peer = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
    const { port } = peer.address() as AddressInfo;
    const connection = await CommandConnection.open({ host: '127.0.0.1', port });
    await expect(connection.send(splitArguments('PING'))).rejects.toThrow('Server closed the connection');
    peer.close();
  });

  it('rejects what is not the protocol', async () => {
    const connection = await readFrom('HTTP/1.1 400 Bad Request\r\n');
    await expect(connection.read()).rejects.toThrow('not a RESP reply');
  });
});
