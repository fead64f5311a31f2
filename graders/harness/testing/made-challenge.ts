import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectionAt } from '../challenges/collection/collection.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { type Graded, gradeScript } from '../grading/grade.ts';
import { DEFAULT_LIMITS } from '../recording/script/limits.ts';
import { findScript } from '../recording/submission/find.ts';
import { type TestbedName, testbed } from './testbeds.ts';

const ID = 'mission/made';

/**
 * Grades a script on a real server with a grader that is written down here: its YAML behind title and points.
 * Every check of it is to be worth one point, and gets what it needs beside its kind.
 */
export async function gradeMade(
  parts: { checks: readonly string[]; head?: string },
  script: string,
  { name = 'solution.valkey', on = 'local' }: { name?: string; on?: TestbedName } = {},
): Promise<Graded> {
  const root = await mkdtemp(join(tmpdir(), 'made-'));
  try {
    const checks = parts.checks.map((yaml, index) =>
      [`id: check-${index}`, `title: Check ${index}`, 'points: 1', 'hints: [a, b]', ...yaml.split('\n')]
        .map((line, at) => `${at === 0 ? '  - ' : '    '}${line}`)
        .join('\n'),
    );
    const yaml = [`title: Made`, `points: ${checks.length}`, parts.head ?? '', 'checks:', ...checks];
    await mkdir(join(root, 'graders', 'mission'), { recursive: true });
    await writeFile(join(root, 'graders', `${ID}.yaml`), `${yaml.join('\n')}\n`);
    await writeFile(join(root, name), script);
    const grader = await loadGrader(ID, collectionAt(root));
    return await gradeScript({
      grader,
      script: await findScript(ID, join(root, name)),
      ...(await testbed(on)),
      limits: DEFAULT_LIMITS,
    });
  } finally {
    await rm(root, { recursive: true });
  }
}

/** What came of each check: `passed`, or what was found in place of what was expected. */
export function outcomes({ report }: Graded): (string | undefined)[] {
  return report.checks.map(({ status, failure }) => failure?.actual ?? status);
}
