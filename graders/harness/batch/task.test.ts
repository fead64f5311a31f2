import { describe, expect, it } from 'vitest';
import { collectionToGradeWith } from '../challenges/collection/choose.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { useTestFolder } from '../testing/repository.ts';
import { listTasks } from './task.ts';

const folder = useTestFolder();

describe('listTasks', () => {
  it('tells work by its commit, unless the folder holds something else', async () => {
    const grader = await loadGrader('sessions/cantina', await collectionToGradeWith({}));
    const commit = { sha: 'a'.repeat(40), date: '2026-06-01T12:00:00.000Z', late: null };
    const of = async (changed: boolean, text: string) => {
      await folder.write('solution.valkey', text);
      const submission = { id: 'leia', learner: null, path: folder.path, commit: { ...commit, changed } };
      return (await listTasks([grader], [submission]))[0]?.fingerprint;
    };
    expect([await of(false, 'PING'), await of(false, 'TIME')]).toEqual([commit.sha, commit.sha]);
    const [one, other] = [await of(true, 'PING'), await of(true, 'TIME')];
    expect(one).toMatch(/^[0-9a-f]{40}$/);
    expect(new Set([one, other, commit.sha]).size).toBe(3);
  });
});
