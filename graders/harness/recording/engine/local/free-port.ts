import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { InfrastructureError, messageOf } from '../../../base/errors.ts';

const HOST = '127.0.0.1';
/** How long a connection may take, in ms: only where none is ever made it is waited for so long. */
const LIMIT_MS = 10_000;

/**
 * A TCP port on the loopback interface that nobody listened on a moment ago. Scripts reach their server there, and
 * nowhere else: where they cannot, that is the machine's fault. Throws InfrastructureError.
 */
export async function freePort(): Promise<number> {
  try {
    // proxychains and its like catch the connections of this process, and not those of a script.
    return await openPort(process.env.LD_PRELOAD === undefined);
  } catch (error) {
    throw new InfrastructureError(
      `No port on 127.0.0.1 can be opened and reached, where scripts reach their server: ${messageOf(error)}\n\`npx keyspace-grader doctor\` names the command that mends it.`,
      { cause: error },
    );
  }
}

/** Opens a port on the loopback interface, and closes it again; `reach` to connect to it, too. Throws what the system says. */
export async function openPort(reach: boolean): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  try {
    server.listen(0, HOST);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    if (reach) await connectTo(port);
    return port;
  } finally {
    server.close();
  }
}

async function connectTo(port: number): Promise<void> {
  const socket = connect({ host: HOST, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(LIMIT_MS) });
  } finally {
    socket.destroy();
  }
}
