import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { RULES } from './index.ts';

describe('the rules', () => {
  it('have a name each', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  it('are told in the authoring guide', async () => {
    const guide = await readFile(join(SHIPPED.graders, 'README.md'), 'utf8');
    const rows = RULES.map(({ id, description }) => `| \`${id}\` | ${description} |\n`);
    expect(guide).toContain(`| rule | what holds |\n| --- | --- |\n${rows.join('')}\n`);
  });
});
