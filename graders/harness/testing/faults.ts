import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { CliFolder, CliResult } from './cli.ts';
import { containersOf, type Family, processesIn } from './leftovers.ts';
import { PATIENCE } from './time-enough.ts';

/** The report that a grading was asked to write as `report.json`. */
export async function readReport(folder: CliFolder): Promise<unknown> {
  return JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8'));
}

/** Expects that a grading ended with a fault of ours: one clear message, in the document too, and no points lost. */
export async function expectFault(
  { code, stdout, stderr }: CliResult,
  folder: CliFolder,
  message: RegExp,
): Promise<void> {
  expect({ code, stdout, stderr }).toMatchObject({ code: 3, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at |a fault of the grader/m);
  expect(await readReport(folder)).toMatchObject({
    status: 'error',
    score: null,
    checks: [],
    fault: expect.stringMatching(message),
  });
}

/**
 * Expects that nothing is left of the gradings in a temporary folder, `but` what a test put there itself,
 * and no container of the process `owner`, or of its pool.
 * What was killed may take the system a moment to end, and what Docker was told to remove takes it longer.
 */
export async function expectNothingLeft(
  temporary: string,
  owner?: number | Family,
  but: readonly string[] = [],
): Promise<void> {
  expect((await readdir(temporary)).sort()).toEqual(but);
  await vi.waitFor(async () => expect(await processesIn(temporary)).toEqual([]), PATIENCE);
  if (owner !== undefined) {
    await vi.waitFor(() => expect(containersOf(owner)).toEqual([]), PATIENCE);
  }
}
