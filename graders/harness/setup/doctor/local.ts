import { homedir } from 'node:os';
import { sep } from 'node:path';
import { cacheFolder } from '../../base/cache-folder.ts';
import { messageOf } from '../../base/errors.ts';
import { installedClient } from '../../grading/testbed.ts';
import { canFetch } from '../../recording/engine/local/fetch.ts';
import { installCommand, installedValkey } from '../../recording/engine/local/find.ts';
import { selectEngine } from '../../recording/engine/select.ts';
import { type Finding, findings } from './finding.ts';
import { probeEngine } from './probe.ts';
import { shortcomingOf } from './server.ts';

/** The local engine's server, started once to see that it works. Fetches nothing. */
export async function examineLocalServer(): Promise<Finding> {
  const { fine, limited, wrong } = findings('valkey-server', 'valkey-server');
  const there = installedValkey();
  if (!there) {
    const obstacle = await canFetch();
    return obstacle === null
      ? limited('not there yet: it is fetched when it is first used')
      : wrong(`not there, and it cannot be fetched: ${obstacle}`, installCommand() ?? null);
  }
  try {
    // It tells nothing: what it would fetch is there.
    const engine = await selectEngine({ engine: 'local', image: '' }, 'published', () => undefined);
    const server = await probeEngine(engine);
    const found = `${server.version} answers, ${placeOf(there.server)}`;
    const shortcoming = shortcomingOf(server);
    return shortcoming === null ? fine(found) : limited(`${found}; ${shortcoming}`, installCommand() ?? null);
  } catch (error) {
    return wrong(messageOf(error).split('\n').join(' '), installCommand() ?? null);
  }
}

/** The valkey-cli that shell scripts are given. */
export function examineClient(): Finding {
  const { fine } = findings('valkey-cli', 'valkey-cli');
  const client = installedClient();
  return fine(client === undefined ? 'none here: one of our own stands in for it' : placeOf(client));
}

/** Where a program lies, in words. */
function placeOf(path: string): string {
  const cache = cacheFolder();
  if (!path.startsWith(cache + sep)) return path;
  const home = homedir();
  return `as fetched into ${cache.startsWith(home + sep) ? `~${cache.slice(home.length)}` : cache}`;
}
