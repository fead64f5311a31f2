import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradeScript } from '../../grading/grade.ts';
import type { Grader } from '../../judging/grader.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import { findScript } from '../../recording/submission/find.ts';
import { testbed } from '../../testing/testbeds.ts';
import { collectionAt, SHIPPED } from '../collection/collection.ts';
import { loadGrader } from './load.ts';

describe('the example of the authoring guide', () => {
  let folder: string;
  let grader: Grader;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guide-'));
    const guide = await readFile(join(SHIPPED.graders, 'README.md'), 'utf8');
    const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(guide)?.[1] ?? '';
    await mkdir(join(folder, 'market'));
    await writeFile(join(folder, 'market', 'basket.yaml'), block('yaml'));
    await writeFile(join(folder, 'market', 'basket.checks.ts'), block('ts'));
    grader = await loadGrader('market/basket', { ...collectionAt(folder), graders: folder });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  async function grade(commands: string): Promise<Record<string, string>> {
    const path = join(folder, 'solution.valkey');
    await writeFile(path, commands);
    const script = await findScript(grader.id, path);
    const { report } = await gradeScript({
      grader,
      script,
      ...(await testbed('local')),
      limits: DEFAULT_LIMITS,
    });
    return Object.fromEntries(report.checks.map(({ id, status }) => [id, status]));
  }

  it('gives full marks to what it asks for', async () => {
    const statuses = await grade('HGETALL basket:7\nHINCRBY basket:7 apples 3\n');
    expect(new Set(Object.values(statuses))).toEqual(new Set(['passed']));
  });

  it('finds the mistakes that it is about', async () => {
    expect(
      await grade(
        'HSET basket:7 apples 5\nHGET basket:7 apples\nDEL basket:7 stall:name\nHSET basket:7 apples 5\nPING\nGET a\nGET b\n',
      ),
    ).toEqual({
      apples: 'passed',
      'apples-again': 'failed',
      read: 'passed',
      printed: 'passed',
      'in-place': 'failed',
      untouched: 'failed',
      'few-commands': 'failed',
    });
    expect(await grade('GET stall:name\n')).toMatchObject({
      apples: 'failed',
      'apples-again': 'skipped',
      read: 'failed',
    });
  });
});
