import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../collection/collection.ts';
import { listChallenges } from '../grader/list.ts';
import { loadGrader } from '../grader/load.ts';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder();
const graders = await Promise.all((await listChallenges(SHIPPED)).map((id) => loadGrader(id, SHIPPED)));

describe('list', () => {
  it('names every challenge with its points and its title, and sums up', async () => {
    const { code, stdout, stderr } = await folder.run(['list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { id, points, title } of graders) {
      const line = stdout.split('\n').find((text) => text.trim().startsWith(`${id} `));
      expect(line?.trim().split(/\s{2,}/)).toEqual([id, `${points} points`, title]);
    }
    const total = graders.reduce((sum, { points }) => sum + points, 0);
    expect(stdout).toContain(`${graders.length} challenges, ${total} points`);
  });

  it('--json', async () => {
    const { code, stdout } = await folder.run(['list', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(
      graders.map(({ id, title, points, checks }) => ({ id, title, points, checks: checks.length })),
    );
  });
});
