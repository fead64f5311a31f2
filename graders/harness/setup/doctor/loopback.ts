import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { messageOf } from '../../base/errors.ts';
import { type Finding, findings } from './finding.ts';

/** How long a connection may take, in ms: only where none is ever made it is waited for so long. */
const LIMIT_MS = 10_000;

/** Whether a port on 127.0.0.1 can be opened and reached: that is how scripts reach their server. */
export async function examineLoopback(): Promise<Finding> {
  const { fine, wrong } = findings('loopback', 'Ports');
  const server = createServer((socket) => socket.end());
  try {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const socket = connect({ host: '127.0.0.1', port });
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(LIMIT_MS) });
    } finally {
      socket.destroy();
    }
    return fine('a free port on 127.0.0.1 can be opened and reached');
  } catch (error) {
    // proxychains and its like catch every connection, those to this machine too.
    const remedy = process.env.LD_PRELOAD ? 'unset LD_PRELOAD' : 'sudo ip link set lo up';
    return wrong(`no port on 127.0.0.1 can be opened and reached: ${messageOf(error)}`, remedy);
  } finally {
    server.close();
  }
}
