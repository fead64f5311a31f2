import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where apt finds Valkey. */
export interface AptSource {
  /** For the line that says what is happening. */
  description: string;
  /** A sources list of our own; null to use the system's own sources. */
  list: string | null;
  /** What to try where nothing can be fetched from this one. */
  otherwise?: AptSource;
}

/**
 * The Debian release whose Valkey is fetched: its valkey-server is 9.1. Valkey 8.1.1, as trixie has it, prints
 * the commands that it runs in a way that can be read as others.
 */
const DEBIAN_RELEASE = 'forky';
const DEBIAN_VERSION = 14;
/** What is fetched where that release cannot be: forky is not released yet, and not every mirror has it. */
const OLDER_RELEASE = 'trixie';
const UBUNTU_VERSION = 24.04;
const DEBIAN_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The source of Valkey's packages for this system: on Debian up to 13 the mirror that the system itself
 * uses, with a newer release; on newer Debian and Ubuntu releases the system's own sources. A string says
 * why there is none. `root` is the folder in which `etc` and `usr` lie.
 */
export async function aptSource(root = '/'): Promise<AptSource | string> {
  const release = await osRelease(root);
  const version = Number(release.VERSION_ID ?? 0);
  const name = release.PRETTY_NAME ?? 'this system';
  if (release.ID === 'ubuntu' && version >= UBUNTU_VERSION) return { description: name, list: null };
  if (release.ID !== 'debian') return `${name} has no package of it that is known to work`;
  // Debian testing and unstable have no VERSION_ID.
  if (version === 0 || version >= DEBIAN_VERSION) return { description: name, list: null };
  const mirror = await debianMirror(root);
  if (!mirror) return 'no Debian mirror is named in the apt sources';
  const signed = existsSync(join(root, DEBIAN_KEYRING)) ? `[signed-by=${DEBIAN_KEYRING}] ` : '';
  const sourceOf = (suite: string): AptSource => ({
    description: `Debian ${suite}`,
    list: `deb ${signed}${mirror} ${suite} main\n`,
  });
  return { ...sourceOf(DEBIAN_RELEASE), otherwise: sourceOf(OLDER_RELEASE) };
}

async function osRelease(root: string): Promise<Record<string, string>> {
  const text = await readFile(join(root, 'etc/os-release'), 'utf8').catch(() => '');
  const pairs = [...text.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)];
  return Object.fromEntries(pairs.map(([, key, value]) => [key, value]));
}

/** The first Debian mirror of the system's own sources, in either of the formats that apt reads. */
async function debianMirror(root: string): Promise<string | undefined> {
  const parts = join(root, 'etc/apt/sources.list.d');
  const names = await readdir(parts).catch(() => []);
  const files = [...names.map((name) => join(parts, name)), join(root, 'etc/apt/sources.list')];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const mirror =
      /^URIs:\s*(\S+\/debian\/?)(?=\s|$)/m.exec(text)?.[1] ??
      /^deb\s+(?:\[[^\]]*\]\s+)?(\S+\/debian\/?)\s/m.exec(text)?.[1];
    if (mirror) return mirror;
  }
  return undefined;
}
