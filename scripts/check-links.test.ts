import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, 'check-links.mjs');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'links.'));
  // A repository without a remote.
  execFileSync('git', ['init', '--quiet', folder]);
  await mkdir(join(folder, 'docs'));
  await writeFile(join(folder, 'docs', 'other.md'), '# Other\n\n## A `part` of it\n');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function check(readme: string) {
  await writeFile(join(folder, 'README.md'), readme);
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

it('is content with links to files, folders, headings and other sites', async () => {
  const links =
    '# Own\n[a](docs/other.md) [b](docs) [c](docs/other.md#a-part-of-it) [d](#own) [e](https://example.invalid)\n';
  expect(await check(links)).toEqual({ status: 0, said: 'Every link in 2 documents leads somewhere.\n' });
});

it.each([
  ['a file', '[a](docs/gone.md)', 'docs/gone.md'],
  ['a picture', '![a](docs/gone.png)', 'docs/gone.png'],
  ['a heading', '[a](#gone)', '#gone'],
  ['a heading of another file', '[a](docs/other.md#gone)', '#gone'],
])('names what leads to %s that is not there', async (_, link, named) => {
  const { status, said } = await check(`# Own\n\n${link}\n`);
  expect(status).toBe(1);
  expect(said).toContain('README.md');
  expect(said).toContain(named);
});
