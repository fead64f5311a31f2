import { constants } from 'node:os';

/**
 * Reads the exit status of a shell that waited for a script: above 128 it stands for the signal that ended
 * the script.
 */
export function readExitStatus(status: number): { exitCode: number | null; signal: string | null } {
  const signal = Object.entries(constants.signals).find(([, number]) => status === 128 + number)?.[0];
  return signal === undefined ? { exitCode: status, signal: null } : { exitCode: null, signal };
}
