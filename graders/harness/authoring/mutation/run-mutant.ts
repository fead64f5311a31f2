import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import { type Graded, gradeScript } from '../../grading/grade.ts';
import type { Testbed } from '../../grading/testbed.ts';
import type { Grader } from '../../judging/grader.ts';
import type { Report } from '../../judging/report/report.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import { languageOf } from '../../recording/submission/languages.ts';
import { type Words, writeCommandFile } from './mutant.ts';

const NAME = 'mutant.valkey';
/** A mutant that waits for what never comes has gone wrong: there is no need to wait as long with it. */
const LIMITS = { ...DEFAULT_LIMITS, timeMs: 5_000 };

/** Grades commands as a command file. Throws InfrastructureError. */
export async function gradeCommands(
  commands: readonly Words[],
  grader: Grader,
  bed: Testbed,
): Promise<Graded> {
  const language = languageOf(NAME);
  if (!language) throw new Error(`${NAME} is no command file`);
  const folder = await makeScratchFolder((path) => writeFile(join(path, NAME), writeCommandFile(commands)));
  try {
    const script = { path: join(folder.path, NAME), name: NAME, language };
    return await gradeScript({ grader, script, ...bed, limits: LIMITS });
  } finally {
    await folder.remove();
  }
}

/**
 * How a mutant fares. The main run is looked at alone first: most mutants lose marks there, and the variants,
 * each with a server of its own, need not be run. Throws InfrastructureError.
 */
export async function fate(
  commands: readonly Words[],
  grader: Grader,
  bed: Testbed,
): Promise<'killed' | 'survived' | 'error'> {
  const { report } = await gradeCommands(commands, mainRunOnly(grader), bed);
  if (report.status !== 'passed' || grader.variants.length === 0) return fateOf(report);
  return fateOf((await gradeCommands(commands, grader, bed)).report);
}

function fateOf({ status }: Report): 'killed' | 'survived' | 'error' {
  return status === 'error' ? 'error' : status === 'passed' ? 'survived' : 'killed';
}

/** The grader with those checks alone that are judged on the main run. */
export function mainRunOnly(grader: Grader): Grader {
  const checks = grader.checks.filter(({ variant }) => variant === null);
  const ids = new Set(checks.map(({ id }) => id));
  return {
    ...grader,
    variants: [],
    points: checks.reduce((sum, { points }) => sum + points, 0),
    checks: checks.map((check) => ({ ...check, needs: check.needs.filter((need) => ids.has(need)) })),
  };
}
