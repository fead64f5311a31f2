import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT, packageVersion } from '../../base/project.ts';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { loadSelected } from '../../challenges/grader/load.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import { killedAfter, refusalOfTests } from '../../reports/formats/contracts/classroom50-runner.ts';
import { declaredTests } from './declared-tests.ts';

type Tests = Parameters<typeof refusalOfTests>[0];

describe('declaredTests', () => {
  it('gives every challenge a test that Classroom 50 takes, and a slow script its time', async () => {
    const graders = await loadSelected('all', SHIPPED);
    const tests = JSON.parse(await declaredTests('all', '1.2.3')) as Tests;
    expect(refusalOfTests(tests)).toBeNull();
    expect(tests.map(({ run }) => run)).toEqual(
      graders.map(({ id }) => `npx --yes keyspace-grader@1.2.3 grade ${id}`),
    );
    for (const [index, test] of tests.entries()) {
      const runs = 1 + (graders[index]?.variants.length ?? 0);
      expect(killedAfter(test)).toBeGreaterThan((runs * DEFAULT_LIMITS.timeMs) / 1000);
      expect(test.points).toBe(graders[index]?.points);
    }
  });

  it('is what the guide shows', async () => {
    const guide = await readFile(join(PROJECT_ROOT, '.github/classroom/classroom50/README.md'), 'utf8');
    const [, shown = ''] = /```json\n(.*?)```/s.exec(guide) ?? [];
    expect(shown).toBe(await declaredTests('sessions/cantina', packageVersion()));
  });

  it('needs the time limit: its runner kills a command after 10 s otherwise', () => {
    expect(killedAfter({ name: 'a', type: 'run', run: 'b' })).toBe(10);
  });
});
