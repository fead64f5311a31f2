import { spawn } from 'node:child_process';
import type { Program } from './programs.ts';

/** Runs a program to its end and gives back its wall-clock time in ms. Rejects where it fails. */
export function time({ name, command, env }: Program): Promise<number> {
  const [file, ...args] = command;
  const began = performance.now();
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const took = performance.now() - began;
      if (code === 0) resolve(took);
      else reject(new Error(`${name} ended with exit code ${code}: ${complaint.trim()}`));
    });
  });
}

/**
 * Times of each program, in ms. They take turns, so that what slows the machine down for a while slows
 * them all. A first round warms the caches and is not counted. `settle` waits, off the clock, for what a program
 * left to others to finish, so that it slows none but itself.
 */
export async function measure(
  programs: readonly Program[],
  rounds: number,
  progress: (round: number) => void,
  settle: (program: Program) => Promise<void>,
): Promise<number[][]> {
  const times = programs.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    progress(round);
    for (const [index, program] of programs.entries()) {
      const took = await time(program);
      await settle(program);
      if (round > 0) times[index]?.push(took);
    }
  }
  return times;
}

/** The middle one of some numbers; the mean of the two in the middle where their count is even. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
