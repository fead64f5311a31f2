import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../graders/harness/collection/collection.ts';
import { listChallenges } from '../graders/harness/grader/list.ts';
import { PROJECT_ROOT } from '../graders/harness/project.ts';
import { digestOf } from '../graders/harness/text/digest.ts';

// Tests begin with a build: see testing/global-setup.ts.
const dist = (...path: string[]) => join(PROJECT_ROOT, 'dist', ...path);
const bundled = () =>
  ['cli.js', ...readdirSync(dist('chunks')).map((name) => join('chunks', name))].map((name) =>
    readFileSync(dist(name), 'utf8'),
  );

describe('the bundle', () => {
  it('has in files of their own what Docker’s client rarely needs, whole', () => {
    const require = createRequire(import.meta.url);
    const parts = readdirSync(dist('later')).sort();
    const asked = new Set(
      bundled().flatMap((text) => [...text.matchAll(/\.\.\/later\/([\w-]+\.cjs)/g)].map(([, name]) => name)),
    );
    expect([...asked].sort()).toEqual(parts);
    expect(parts).toContain('undici.cjs');
    for (const part of parts)
      expect(require(dist('later', part)), part).toBeTypeOf(
        /^(archiver|docker-over-ssh)/.test(part) ? 'function' : 'object',
      );
  });

  it('remembers every grader as it stands', async () => {
    const text = bundled().join('\n');
    for (const id of await listChallenges(SHIPPED)) {
      const key = digestOf(readFileSync(join(SHIPPED.graders, `${id}.yaml`), 'utf8'));
      expect(new RegExp(`"?${key}"?: ?\\(\\) ?=> ?import\\(`).test(text), id).toBe(true);
    }
  });
});
