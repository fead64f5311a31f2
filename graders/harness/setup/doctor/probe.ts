import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InfrastructureError } from '../../base/errors.ts';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import type { Engine } from '../../recording/engine/engine.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import type { Sandbox } from '../../recording/script/sandbox.ts';
import { languageOf } from '../../recording/submission/languages.ts';
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

/** A script that does nothing; what it is called. */
const NOTHING = 'nothing.sh';

/** Runs a script that does nothing beside a server, as a grading does. Throws InfrastructureError where that fails. */
export async function probeSandbox(engine: Engine, sandbox: Sandbox): Promise<void> {
  const folder = await makeScratchFolder((path) => writeFile(join(path, NOTHING), 'exit 0\n'));
  const path = join(folder.path, NOTHING);
  const language = languageOf(path);
  if (language === undefined) throw new Error(`${NOTHING} is no script`);
  const prepared = await sandbox.prepare({ path, name: NOTHING, language }, DEFAULT_LIMITS);
  try {
    const server = await engine.start();
    try {
      const { process } = await prepared.run(server);
      if (process.exitCode !== 0)
        throw new InfrastructureError(
          `A script that does nothing fails: ${process.stderr.text.trim() || `it ${process.ended}`}`,
        );
    } finally {
      await server.stop();
    }
  } finally {
    await prepared.remove();
    await folder.remove();
  }
}
