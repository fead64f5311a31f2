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

it('names whatever leads to a file, a picture or a heading that is not there', async () => {
  const links = '[a](docs/gone.md) ![b](docs/gone.png) [c](#lost) [d](docs/other.md#missing)';
  const { status, said } = await check(`# Own\n\n${links}\n`);
  expect(status).toBe(1);
  for (const named of ['README.md', 'docs/gone.md', 'docs/gone.png', '#lost', '#missing'])
    expect(said).toContain(named);
});
