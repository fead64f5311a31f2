import { beforeEach } from 'vitest';
import type { DatabaseSnapshot } from '../evidence/evidence.ts';
import { takeSnapshot } from '../recording/observe/snapshot.ts';
import { splitArguments } from '../valkey/notation/quoting.ts';
import { type TestServer, useServer } from './server.ts';

/** A real server, empty before each test, and what a snapshot has of its database 0. */
export function useDatabase(): {
  server: TestServer;
  run(...commands: string[]): Promise<void>;
  database0(always?: string[]): Promise<DatabaseSnapshot | undefined>;
} {
  const server = useServer();
  beforeEach(async () => {
    await server.session.call('FLUSHALL');
  });
  return {
    server,
    async run(...commands) {
      await server.session.callAll(commands.map(splitArguments));
    },
    async database0(always = []) {
      return (await takeSnapshot(server.session, always)).databases[0];
    },
  };
}
