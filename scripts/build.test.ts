import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../graders/harness/base/project.ts';
import { digestOf } from '../graders/harness/base/text/digest.ts';
import { SHIPPED } from '../graders/harness/challenges/collection/collection.ts';
import { listChallenges } from '../graders/harness/challenges/grader/list.ts';
import {
  baseStyle,
  reportScript,
  reportStyle,
} from '../graders/harness/reports/formats/html/report-assets.ts';
import { CHALLENGE, EVIDENCE } from './picture/report-picture.ts';

// Tests begin with a build: see testing/global-setup.ts.
const dist = (...path: string[]) => join(PROJECT_ROOT, 'dist', ...path);
const bundled = () =>
  ['cli.js', ...readdirSync(dist('chunks')).map((name) => join('chunks', name))].map((name) =>
    readFileSync(dist(name), 'utf8'),
  );

describe('the bundle', () => {
  it('is not made again before something of it changes', () => {
    const stamp = join(PROJECT_ROOT, 'node_modules', '.cache', 'keyspace-grader', 'build.json');
    const { mtimeMs } = statSync(stamp);
    execFileSync(process.execPath, [join(PROJECT_ROOT, 'scripts', 'build.mjs')]);
    expect(statSync(stamp).mtimeMs).toBe(mtimeMs);
  });

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

  it('has every grader prebuilt as it stands', async () => {
    const text = bundled().join('\n');
    for (const id of await listChallenges(SHIPPED)) {
      const digest = digestOf(readFileSync(join(SHIPPED.graders, `${id}.yaml`), 'utf8'));
      expect(new RegExp(`"?${digest}"?: ?['"\`]{"title":`).test(text), id).toBe(true);
    }
  });

  it('has ready what goes into pages, the same as from source, and needs no esbuild for it', () => {
    const cli = join(PROJECT_ROOT, 'bin', 'keyspace-grader.js');
    const args = [cli, 'judge', CHALLENGE, join(PROJECT_ROOT, EVIDENCE), '--fail-on', 'error'];
    const folder = mkdtempSync(join(tmpdir(), 'keyspace-grader-page-'));
    execFileSync(process.execPath, [...args, '--report', 'html=page.html'], { cwd: folder });
    const page = readFileSync(join(folder, 'page.html'), 'utf8');
    rmSync(folder, { recursive: true });
    expect(page).toContain(`<style>${baseStyle()}${reportStyle()}</style>`);
    expect(page).toContain(`<script>${reportScript()}</script>`);
    expect(bundled().join('\n')).not.toMatch(/(?:from|import\(|require\()\s*["']esbuild["']/);
  });
});
