import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../challenges/collection/collection.ts';
import { listChallenges } from '../challenges/grader/list.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { missionMap } from '../challenges/missions/map.ts';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder();
const graders = await Promise.all((await listChallenges(SHIPPED)).map((id) => loadGrader(id, SHIPPED)));
const grader = (title: string) => `title: ${title}
points: 1
checks:
  - { id: a, title: t, points: 1, hints: [a, b], kind: key-exists, key: k }
`;

describe('list', () => {
  it('names every challenge with its points and its title, and sums up', async () => {
    const { code, stdout, stderr } = await folder.run(['list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { id, points, title } of graders) {
      const line = stdout.split('\n').find((text) => text.includes(` ${id} `));
      expect(line).toContain(`${points} points`);
      expect(line).toContain(title);
    }
    const total = graders.reduce((sum, { points }) => sum + points, 0);
    expect(stdout).toContain(`${graders.length} challenges, ${total} points`);
  });

  it('--json: the same in the order of the map', async () => {
    const { code, stdout } = await folder.run(['list', '--json']);
    expect(code).toBe(0);
    const map = await missionMap(SHIPPED);
    expect(JSON.parse(stdout)).toEqual(
      map.flatMap(({ id: mission, challenges }) => challenges.map((row) => ({ ...row, mission }))),
    );
  });

  it('lists the challenges of the repository that it is called in, from any folder of it', async () => {
    await folder.write('keyspace.config.yaml', '');
    await folder.write('graders/music/jukebox.yaml', grader('Press play'));
    await mkdir(join(folder.path, 'graders/music/deep'));
    const { code, stdout } = await folder.run(['list'], { cwd: 'graders/music/deep' });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `
  music
      music/jukebox  1 point                     Press play

  1 challenge, 1 point

`,
    });
  });

  it('lists those of a folder that is named, whatever folder it is called in', async () => {
    await folder.write('keyspace.config.yaml', '');
    await folder.write('graders/music/jukebox.yaml', grader('Press play'));
    await folder.write('theirs/graders/art/easel.yaml', grader('Paint it'));
    const { stdout } = await folder.run(['list', '--challenges', 'theirs']);
    expect(stdout).toContain('art/easel');
    expect(stdout).not.toContain('music/jukebox');
  });

  it('tells where in a grader or in missions.yaml a mistake is', async () => {
    await folder.write('a/graders/music/jukebox.yaml', 'title: a\npoints: many\nchecks: []\n');
    await folder.write('b/graders/music/jukebox.yaml', grader('Press play'));
    await folder.write('b/challenges/missions.yaml', 'missions:\n  - id: Music\n');
    const results = [
      await folder.run(['list', '--challenges', 'a']),
      await folder.run(['list', '--challenges', 'b']),
    ];
    expect(results.map(({ code, stdout }) => ({ code, stdout }))).toEqual([
      { code: 2, stdout: '' },
      { code: 2, stdout: '' },
    ]);
    expect(results[0]?.stderr).toContain('a/graders/music/jukebox.yaml:2:1: points: must be number');
    expect(results[1]?.stderr).toContain('b/challenges/missions.yaml:2:');
  });
});
