import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { which } from '../../../base/which.ts';
import type { DockerReply } from './ping.ts';

/** Why no Docker engine can be used, and the one command that mends it; null where none is known. */
export interface DockerDiagnosis {
  reason: string;
  remedy: string | null;
}

/** Explains what {@link askDocker} gave back where no engine answered. */
export function diagnoseDocker(replies: readonly DockerReply[]): DockerDiagnosis {
  const [first] = replies;
  const named = replies.find((reply) => reply.named !== null);
  if (named?.named) {
    const { by, remedy } = named.named;
    return { reason: `No Docker engine answers at ${named.address} (${by}): ${named.problem}.`, remedy };
  }
  const closed = replies.find(({ problem }) => problem === 'EACCES' || problem === 'EPERM');
  if (closed) {
    const path = socketPath(closed.address);
    return {
      reason: `Docker's socket ${path} is not open to you: ${whoMayUse(path)}.`,
      remedy: `sudo usermod -aG ${groupOf(path)} ${userInfo().username} && newgrp ${groupOf(path)}`,
    };
  }
  if (first) {
    const { address, target, problem } = first;
    if (target === null) return { reason: `Docker cannot be used: ${address}: ${problem}.`, remedy: null };
    const reason = `Docker is not running: nothing answers at ${socketPath(address)} (${problem}).`;
    return { reason, remedy: startCommand() };
  }
  return which('docker')
    ? { reason: 'Docker is installed, but its engine is not running.', remedy: startCommand() }
    : { reason: 'There is no Docker on this machine.', remedy: installCommand() };
}

/** The path of a unix socket; other addresses stand for themselves. */
export function socketPath(address: string): string {
  return address.replace(/^unix:\/\//, '');
}

/** Who may connect to a socket, in words. Throws where it is not there. */
export function whoMayUse(path: string): string {
  const { mode } = statSync(path);
  // Connecting takes the right to write.
  if (mode & 0o002) return 'everybody on this machine may use it';
  const owner = ownerOf(path);
  return mode & 0o020 ? `${owner} and the group ${groupOf(path)} may use it` : `only ${owner} may use it`;
}

function ownerOf(path: string): string {
  return nameIn('/etc/passwd', statSync(path).uid) ?? 'its owner';
}

function groupOf(path: string): string {
  return nameIn('/etc/group', statSync(path).gid) ?? 'docker';
}

/** The name with that number in a file of users or groups; undefined where it is not there. */
function nameIn(file: string, id: number): string | undefined {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.map((line) => line.split(':')).find(([, , number]) => number === String(id))?.[0];
  } catch {
    // A system that keeps them elsewhere.
    return undefined;
  }
}

function startCommand(): string | null {
  if (process.platform === 'darwin') return 'open -a Docker';
  if (process.platform !== 'linux') return null;
  // Where systemd is not the first process its command is of no use.
  return which('systemctl') && isRunBySystemd() ? 'sudo systemctl start docker' : 'sudo service docker start';
}

function isRunBySystemd(): boolean {
  return statSync('/run/systemd/system', { throwIfNoEntry: false }) !== undefined;
}

function installCommand(): string | null {
  if (process.platform === 'darwin') return 'brew install --cask docker';
  const managers = [
    ['apt-get', 'sudo apt-get install docker.io'],
    ['dnf', 'sudo dnf install moby-engine'],
    ['apk', 'sudo apk add docker'],
    ['pacman', 'sudo pacman -S docker'],
    ['zypper', 'sudo zypper install docker'],
  ] as const;
  return managers.find(([program]) => which(program))?.[1] ?? null;
}
