import { execFileSync, spawn } from 'node:child_process';
import { trackCleanup } from '../../base/cleanup.ts';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import { which } from '../../base/which.ts';
import type { ServerAddress } from '../../valkey/client/address.ts';

/**
 * Hands the terminal over to a valkey-cli, until somebody leaves it. Whatever ends it, the terminal's settings
 * are put back: it changes them while a line is typed. Throws InfrastructureError where it cannot be started.
 */
export async function runClient(cli: string, { host, port }: ServerAddress): Promise<void> {
  const settings = readSettings();
  const listenAgain = leaveCtrlCAlone();
  const child = spawn(cli, ['-h', host, '-p', String(port)], { stdio: 'inherit' });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => {
      reject(new InfrastructureError(`${cli} could not be started: ${messageOf(error)}`, { cause: error }));
    });
    child.once('exit', () => resolve());
  });
  const stop = trackCleanup(async () => {
    child.kill('SIGTERM');
    // What kept it from starting is told by the one who waits below.
    await ended.catch(() => undefined);
    if (settings !== null) writeSettings(settings);
  });
  try {
    await ended;
  } finally {
    await stop();
    listenAgain();
  }
}

/**
 * Ctrl-C reaches every process of the terminal. While another one has it, that one decides what it means, as in
 * a shell. Gives back a function that ends this.
 */
function leaveCtrlCAlone(): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  const listeners = process.listeners('SIGINT');
  const ignore = () => undefined;
  process.removeAllListeners('SIGINT').on('SIGINT', ignore);
  return () => {
    process.off('SIGINT', ignore);
    for (const listener of listeners) process.on('SIGINT', listener);
  };
}

/** Where there is none, calling it fails as any other failure of it. */
const STTY = which('stty') ?? '/bin/stty';

/** The settings of the terminal as stty writes and reads them; null where there is none. */
function readSettings(): string | null {
  if (!process.stdin.isTTY) return null;
  try {
    return execFileSync(STTY, ['-g'], { stdio: ['inherit', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    // No stty: valkey-cli puts them back itself, unless it is killed.
    return null;
  }
}

function writeSettings(settings: string): void {
  try {
    execFileSync(STTY, [settings], { stdio: ['inherit', 'ignore', 'ignore'] });
  } catch {
    // The terminal is gone.
  }
}
