import { InfrastructureError } from '../../../base/errors.ts';
import { ownCommand } from '../../../base/text/own-command.ts';
import { which } from '../../../base/which.ts';
import type { Notify } from '../engine.ts';
import { canFetch, fetchedValkey, fetchValkey } from './fetch.ts';
import type { LocalValkey } from './local-valkey.ts';

/**
 * Finds Valkey: on the PATH, or else in the cache folder, or else fetches it into that folder.
 * Throws InfrastructureError that names the command to install it where none of that works.
 */
export async function findLocalValkey(notify: Notify): Promise<LocalValkey> {
  const there = installedValkey();
  if (there) return there;
  const obstacle = await canFetch();
  if (obstacle === null) return fetchValkey(notify);
  throw new InfrastructureError(
    `There is no valkey-server on this machine, and it cannot be fetched: ${obstacle}.\n${howToInstall()}\n\`${ownCommand('doctor')}\` looks at the rest of this machine.`,
  );
}

/** Valkey on the PATH, or else as it was fetched earlier; undefined for neither. */
export function installedValkey(): LocalValkey | undefined {
  const server = which('valkey-server');
  return server ? { server, cli: which('valkey-cli') } : fetchedValkey();
}

function howToInstall(): string {
  if (process.platform === 'darwin') return 'Install it with `brew install valkey`, or start Docker Desktop.';
  if (process.platform === 'win32') return 'Run this in WSL 2 (`wsl --install`).';
  const command = installCommand();
  return command
    ? `Install it with \`${command}\`, or start Docker (\`docker info\` tells whether it runs).`
    : 'Install Valkey 8.1 or later so that valkey-server is on the PATH, or start Docker.';
}

/** The command that installs Valkey on this machine; undefined where none is known. */
export function installCommand(): string | undefined {
  if (process.platform === 'darwin') return 'brew install valkey';
  const managers = [
    ['apt-get', 'apt-get install valkey'],
    ['dnf', 'dnf install valkey'],
    ['apk', 'apk add valkey valkey-cli'],
    ['pacman', 'pacman -S valkey'],
    ['zypper', 'zypper install valkey'],
  ] as const;
  const command = managers.find(([program]) => which(program))?.[1];
  return command && `sudo ${command}`;
}
