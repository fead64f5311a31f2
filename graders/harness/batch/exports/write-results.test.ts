import { mkdtemp, readdir, readFile, rm, stat, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compressEvidence } from '../../grading/compressed-evidence.ts';
import { batchResults, type MadeUp } from '../../testing/batch-results.ts';
import { makeEvidence } from '../../testing/evidence.ts';
import { report } from '../../testing/report.ts';
import { keepEvidence } from '../evidence-store.ts';
import { writeResults } from './write-results.ts';

const CHALLENGE = 'sessions/cantina';

describe('writeResults', () => {
  let out: string;
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), 'keyspace-grader-results-'));
  });
  afterEach(async () => {
    await rm(out, { recursive: true });
  });

  /** Two who submitted, with evidence. */
  async function people(): Promise<MadeUp[]> {
    const made = ['ana', 'ben'].map(async (id) => {
      const evidence = await keepEvidence(
        out,
        CHALLENGE,
        id,
        await compressEvidence(makeEvidence({ commands: [`SET of ${id}`] })),
      );
      return { id, reports: [report()], evidence };
    });
    return [...(await Promise.all(made)), { id: 'gone', reports: null }];
  }
  const pageOf = (id: string) => join(out, 'reports', CHALLENGE, `${id}.html`);
  /** A file that is written anew is another one. */
  const identity = async (path: string) => (await stat(path)).ino;

  it('writes every file, the same for the same results', async () => {
    const results = batchResults(await people());
    await writeResults(out, results);
    const names = [
      'canvas.csv',
      'github-classroom.csv',
      'index.html',
      'junit.xml',
      'moodle.csv',
      'results.csv',
      'results.json',
    ];
    expect((await readdir(out)).sort()).toEqual([...names, 'evidence', 'reports'].sort());
    const contents = () => Promise.all(names.map((name) => readFile(join(out, name), 'utf8')));
    const first = await contents();
    await writeResults(out, results);
    expect(await contents()).toEqual(first);
    const page = await readFile(pageOf('ana'), 'utf8');
    expect(page).toContain('SET of ana');
    expect(page).toContain('<bdi>ana (ana@example.edu)</bdi>');
    expect(page).toContain('<a href="../../../index.html">');
    expect((await readdir(join(out, 'reports', CHALLENGE))).sort()).toEqual(['ana.html', 'ben.html']);
  });

  it('writes only those pages anew whose records changed, or that are gone', async () => {
    const [ana, ben] = await people();
    if (!ana || !ben) throw new Error('nobody');
    await writeResults(out, batchResults([ana, ben]));
    const before = await Promise.all(['ana', 'ben'].map((id) => identity(pageOf(id))));
    await writeResults(out, batchResults([ana, { ...ben, reports: [report({ notes: ['another'] })] }]));
    expect(await identity(pageOf('ana'))).toBe(before[0]);
    expect(await readFile(pageOf('ben'), 'utf8')).toContain('another');
    await writeResults(out, batchResults([{ ...ana, learner: { name: 'Ana Silva' } }, ben]));
    expect(await readFile(pageOf('ana'), 'utf8')).toContain('Ana Silva');
    await unlink(pageOf('ana'));
    await writeResults(out, batchResults([ana, ben]));
    expect(await readFile(pageOf('ana'), 'utf8')).toContain('SET of ana');
  });

  it('writes the verdicts where evidence is gone', async () => {
    await writeResults(
      out,
      batchResults([{ id: 'ana', reports: [report()], evidence: 'evidence/none.json.gz' }]),
    );
    expect(await readFile(pageOf('ana'), 'utf8')).toContain('3 of 3 points');
  });
});
