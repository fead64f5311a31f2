import { mkdir, readdir, symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { useTestFolder } from '../../testing/repository.ts';
import { findSubmissions, type SourceOptions } from './find-submissions.ts';

const folder = useTestFolder();
const ROSTER =
  'identifier,github_username,github_id,name\nl@x.org,leia,1,Leia\nh@x.org,Han,2,Han\nb@x.org,ben,3,Ben\n';

async function find(options: Partial<SourceOptions>) {
  const told: string[] = [];
  const found = await findSubmissions({ out: folder.at('out'), retries: 0, ...options }, (line) =>
    told.push(line),
  );
  return {
    ...found,
    told,
    ids: found.submissions.map(({ id, learner }) => [id, learner?.identifier ?? null]),
  };
}

async function makeFolders(...names: string[]): Promise<void> {
  for (const name of names) await mkdir(folder.at(name), { recursive: true });
}

describe('folders', () => {
  it("are those of `gh classroom clone student-repos`, joined to the roster's learners", async () => {
    await makeFolders(
      'sessions-submissions/sessions-leia',
      'sessions-submissions/sessions-han-solo',
      'sessions-submissions/.git',
    );
    const submissions = folder.at('sessions-submissions');
    expect((await find({ submissions })).ids).toEqual([
      ['han-solo', null],
      ['leia', null],
    ]);
    const roster = await folder.write('roster.csv', ROSTER);
    const found = await find({ submissions, roster });
    expect(found.ids).toEqual([
      ['han-solo', null],
      ['leia', 'l@x.org'],
    ]);
    expect(found.submissions[1]).toEqual({
      id: 'leia',
      learner: { identifier: 'l@x.org', username: 'leia', githubId: '1', name: 'Leia' },
      path: folder.at('sessions-submissions', 'sessions-leia'),
      commit: null,
    });
    expect(found.offRoster).toEqual(['han-solo']);
    expect(found.notSubmitted.map(({ identifier }) => identifier)).toEqual(['h@x.org', 'b@x.org']);
  });

  it("are Classroom 50's, by the roster or by a glob", async () => {
    await makeFolders('repos/cs-sessions-leia', 'repos/cs-sessions-han', 'repos/cs-sessions-ben-solo');
    const roster = await folder.write('roster.csv', ROSTER);
    const ids = [
      ['ben-solo', null],
      ['han', 'h@x.org'],
      ['leia', 'l@x.org'],
    ];
    expect((await find({ submissions: folder.at('repos'), roster })).ids).toEqual(ids);
    expect((await find({ submissions: folder.at('repos/*-sessions-{id}'), roster })).ids).toEqual(ids);
  });

  it('lie beside a roster, in the folder of the assignment where there is one', async () => {
    const roster = await folder.write('class.csv', ROSTER);
    await makeFolders('leia', 'han', 'out');
    expect((await find({ submissions: roster })).ids).toEqual([
      ['han', 'h@x.org'],
      ['leia', 'l@x.org'],
    ]);
    await makeFolders('sessions-submissions/sessions-ben');
    expect((await find({ submissions: roster })).ids).toEqual([['ben', 'b@x.org']]);
    await makeFolders('caching-submissions/caching-ben');
    await expect(find({ submissions: roster })).rejects.toThrow(
      /several assignments: caching-submissions and sessions-submissions\. Name one/,
    );
  });

  it('are no links, and these are told', async () => {
    await makeFolders('repos/leia', 'elsewhere');
    await symlink(folder.at('elsewhere'), folder.at('repos', 'han'));
    const { ids, told } = await find({ submissions: folder.at('repos') });
    expect(ids).toEqual([['leia', null]]);
    expect(told).toEqual(['Left out, since links might lead anywhere: han.']);
  });

  it('that are repositories tell their commits', async () => {
    const repository = await folder.repository('repos/leia');
    const sha = await repository.commit({ a: 'a' }, '2026-06-01T12:00:00Z');
    const deadline = new Date('2026-06-01T11:59:00Z');
    const { submissions } = await find({ submissions: folder.at('repos'), deadline });
    expect(submissions[0]?.commit).toEqual({ sha, date: '2026-06-01T12:00:00.000Z', late: 60 });
  });

  it('are dealt out to shards', async () => {
    await makeFolders('repos/a', 'repos/b', 'repos/c');
    const ids = async (index: number) =>
      (await find({ submissions: folder.at('repos'), shard: { index, count: 2 } })).ids.map(([id]) => id);
    expect([await ids(1), await ids(2)]).toEqual([['a', 'c'], ['b']]);
  });
});

describe('cloned repositories', () => {
  it('are joined to the roster; a fault is no learner who did not submit', async () => {
    const repository = await folder.repository('origin/sessions-leia');
    const sha = await repository.commit({ 'solution.sh': 'x' }, '2026-06-01T12:00:00Z');
    const list = `${repository.url}\nfile://${folder.at('origin')}/sessions-han\n`;
    const clone = await folder.write('list.txt', list);
    const roster = await folder.write('roster.csv', ROSTER);
    for (const options of [
      { clone, roster },
      { clone, submissions: roster },
    ]) {
      const found = await find(options);
      expect(found.ids).toEqual([['leia', 'l@x.org']]);
      expect(found.submissions[0]).toMatchObject({
        path: folder.at('out', 'repositories', 'leia'),
        commit: { sha },
      });
      expect(found.faults).toEqual([
        {
          id: 'han',
          reason: expect.any(String),
          learner: expect.objectContaining({ identifier: 'h@x.org' }),
        },
      ]);
      expect(found.notSubmitted.map(({ identifier }) => identifier)).toEqual(['b@x.org']);
    }
  });

  it('are fetched for the own shard alone', async () => {
    const clone = await folder.write('list.txt', 'file:///none/a\nfile:///none/b\nfile:///none/c\n');
    const { faults } = await find({ clone, shard: { index: 2, count: 2 } });
    expect(faults.map(({ id }) => id)).toEqual(['b']);
  });

  it('without the tag are told, and refused where no one has it', async () => {
    const [one, two] = [await folder.repository('one'), await folder.repository('two')];
    for (const repository of [one, two]) await repository.commit({ a: 'a' }, '2026-06-01T12:00:00Z');
    const clone = await folder.write('list.txt', `${one.url}\n${two.url}\n`);
    await expect(find({ clone, at: 'done' })).rejects.toThrow(
      /No repository of .*list\.txt has the tag done\./,
    );
    two.git('tag', 'done');
    const found = await find({ clone, at: 'done' });
    expect(found.missing).toEqual([{ id: 'one', reason: 'there is no tag done' }]);
    expect(await readdir(folder.at('out', 'repositories', 'one'))).toEqual([]);
  });
});

describe('a call that means nothing', () => {
  it.each<[string, Partial<SourceOptions>, RegExp]>([
    ['nothing to grade', {}, /--submissions or --clone/],
    ['no such folder', { submissions: '/no/such/folder' }, /no such folder, glob or roster/],
    ['a file that is no roster', { submissions: 'package.json' }, /neither a folder nor a roster/],
    ['a glob that fits nothing', { submissions: '/no/such/{id}' }, /nothing fits/],
    [
      'columns without a roster',
      { submissions: '.', rosterColumns: 'name=Name' },
      /--roster-columns needs a roster/,
    ],
    ['a tag of folders', { submissions: '.', at: 'v1' }, /--at needs --clone/],
    ['an option for a tag', { clone: 'list.txt', at: '--all' }, /--at --all/],
    ['folders and repositories', { submissions: '.', clone: 'list.txt' }, /Either --clone or the folders/],
  ])('%s', async (_, options, message) => {
    const error = await find(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(message);
  });

  it('an empty folder, or two rosters', async () => {
    await makeFolders('empty');
    await expect(find({ submissions: folder.at('empty') })).rejects.toThrow(/holds no folders/);
    const roster = await folder.write('roster.csv', ROSTER);
    await expect(find({ submissions: roster, roster })).rejects.toThrow(/two rosters/);
  });
});
