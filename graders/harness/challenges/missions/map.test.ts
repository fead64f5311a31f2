import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lintMap } from '../../authoring/lint-map.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { collectionAt } from '../collection/collection.ts';
import { listChallenges } from '../grader/list.ts';
import { missionMap } from './map.ts';
import { missionsPage } from './page.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'map-test-'));
});
afterEach(() => removeFolder(root));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function challenge(id: string, metadata = '', rest = ''): Promise<void> {
  const check = '{ id: a, title: t, points: 5, hints: [a, b], kind: key-exists, key: k }';
  await put(`graders/${id}.yaml`, `title: About ${id}\npoints: 5\n${rest}checks:\n  - ${check}\n`);
  if (metadata !== '') await put(`challenges/${id}/README.md`, `# About ${id}\n\n${metadata}\n`);
}

const bonus = (mission: string) =>
  `*Bonus challenge of the mission "${mission}": 5 points, hard, about 40 minutes.*`;
const main = (mission: string) =>
  `*Main challenge of the mission "${mission}": 5 points, easy, about 50 minutes.*`;
const MISSIONS = `missions:
  - { id: music, title: Music, about: Songs and lists., challenges: [song, album] }
  - { id: art, title: Art, about: Pictures., challenges: [easel] }
`;
const order = async () =>
  (await missionMap(collectionAt(root))).map(({ id, challenges }) => [
    id,
    ...challenges.map((one) => one.id),
  ]);

describe('missionMap', () => {
  it('has missions and challenges in the order of missions.yaml, the others after them', async () => {
    for (const id of ['art/easel', 'art/brush', 'music/album', 'music/song', 'zoo/ape'])
      await challenge(id, bonus(id.split('/')[0] ?? ''));
    await challenge('art/paint', main('art'));
    await put('challenges/missions.yaml', MISSIONS);
    expect(await order()).toEqual([
      ['music', 'music/song', 'music/album'],
      ['art', 'art/easel', 'art/paint', 'art/brush'],
      ['zoo', 'zoo/ape'],
    ]);
  });

  it('has main challenges first where no missions.yaml says otherwise', async () => {
    await challenge('music/album', bonus('music'));
    await challenge('music/song', main('music'));
    await challenge('art/easel');
    expect(await order()).toEqual([
      ['art', 'art/easel'],
      ['music', 'music/song', 'music/album'],
    ]);
  });

  it('tells what graders and instructions say, and null for what nobody says', async () => {
    await challenge('music/song', main('music'), "minVersion: '8.1'\n");
    await challenge('music/tune');
    const [mission] = await missionMap(collectionAt(root));
    expect(mission).toEqual({
      id: 'music',
      title: 'music',
      about: null,
      challenges: [
        {
          id: 'music/song',
          title: 'About music/song',
          points: 5,
          checks: 1,
          minVersion: '8.1',
          main: true,
          difficulty: 'easy',
          minutes: 50,
        },
        {
          id: 'music/tune',
          title: 'About music/tune',
          points: 5,
          checks: 1,
          minVersion: null,
          main: null,
          difficulty: null,
          minutes: null,
        },
      ],
    });
  });
});

describe('missionsPage', () => {
  it('links every challenge, and sums up', async () => {
    await challenge('music/song', main('music'), "minVersion: '8.1'\n");
    await challenge('music/album', bonus('music'));
    await put('challenges/missions.yaml', MISSIONS);
    const page = missionsPage(await missionMap(collectionAt(root)));
    expect(page).toContain('1 mission, 2 challenges, 10 points, about 1 hour and 30 minutes.');
    expect(page).toContain(
      '## Music\n\nSongs and lists. 2 challenges, 10 points, about 1 hour and 30 minutes.',
    );
    expect(page).toContain(
      '| 1 | **[About music/song](music/song/README.md)** | 5 | easy | 50 min | Valkey 8.1 |',
    );
    expect(page).toContain('| 2 | [About music/album](music/album/README.md) | 5 | hard | 40 min |  |');
  });
});

describe('lintMap', () => {
  it('names challenges that missions.yaml leaves out or makes up, and where', async () => {
    await challenge('music/song');
    await challenge('zoo/ape');
    await put('challenges/missions.yaml', MISSIONS);
    const collection = collectionAt(root);
    const found = await lintMap(collection, await listChallenges(collection));
    expect(found.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '2:76 there is no grader of music/album',
      '3:59 there is no grader of art/easel',
      '1:1 zoo/ape has no place in any mission',
    ]);
  });

  it('tells a mistake in missions.yaml as a finding', async () => {
    await put('challenges/missions.yaml', 'missions:\n  - { id: Music }\n');
    const [finding, ...others] = await lintMap(collectionAt(root), []);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'map', line: 2 });
  });

  it('asks for no missions.yaml', async () => {
    await challenge('music/song');
    expect(await lintMap(collectionAt(root), ['music/song'])).toEqual([]);
  });
});
