import type { Engine } from '../../recording/engine/engine.ts';
import { connectOptions } from '../../valkey/client/address.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';

/** Starts a server as a grading does, asks for its version and stops it. Throws what starting throws. */
export async function probeEngine(engine: Engine): Promise<{ name: string; version: string }> {
  const server = await engine.start();
  try {
    const connection = await CommandConnection.open(connectOptions(server.address));
    try {
      const reply = await connection.send(['INFO', 'server'].map((word) => Buffer.from(word)));
      const info = 'value' in reply ? String(reply.value) : '';
      const [, name = 'redis', version = 'unknown'] =
        /^(valkey)_version:(\S+)/m.exec(info) ?? /^(redis)_version:(\S+)/m.exec(info) ?? [];
      return { name, version };
    } finally {
      connection.close();
    }
  } finally {
    await server.stop();
  }
}
