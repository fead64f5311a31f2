import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { aptSource } from './apt-source.ts';

const roots: string[] = [];

/** A made-up system with these files in it. */
async function system(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'apt-source-test-'));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

afterEach(async () => {
  await Promise.all(roots.splice(0).map(removeFolder));
});

const BOOKWORM = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n';
const TRIXIE = 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_ID="13"\nID=debian\n';
const DEB822 = `Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security

Types: deb
# the main archive
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
`;
const ONE_LINE = `# deb http://old.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] https://mirror.example/debian/ bookworm main
deb http://mirror.example/debian-security bookworm-security main
`;

describe('aptSource', () => {
  it.each([
    ['etc/apt/sources.list.d/debian.sources', BOOKWORM, DEB822, 'http://mirror.example/debian'],
    ['etc/apt/sources.list', BOOKWORM, ONE_LINE, 'https://mirror.example/debian/'],
    ['etc/apt/sources.list.d/extra.list', TRIXIE, ONE_LINE, 'https://mirror.example/debian/'],
  ])('takes a newer release from the mirror that %s names', async (path, release, text, mirror) => {
    const root = await system({ 'etc/os-release': release, [path]: text });
    expect(await aptSource(root)).toEqual({
      description: 'Debian forky',
      list: `deb ${mirror} forky main\n`,
      otherwise: { description: 'Debian trixie', list: `deb ${mirror} trixie main\n` },
    });
  });

  it('has apt check the signature with the keys of Debian', async () => {
    const keyring = 'usr/share/keyrings/debian-archive-keyring.gpg';
    const root = await system({
      'etc/os-release': BOOKWORM,
      'etc/apt/sources.list': ONE_LINE,
      [keyring]: '',
    });
    expect(await aptSource(root)).toMatchObject({
      list: `deb [signed-by=/${keyring}] https://mirror.example/debian/ forky main\n`,
      otherwise: {
        list: `deb [signed-by=/${keyring}] https://mirror.example/debian/ trixie main\n`,
      },
    });
  });

  it.each([
    ['Debian 14', 'PRETTY_NAME="Debian GNU/Linux 14 (forky)"\nVERSION_ID="14"\nID=debian\n'],
    ['Debian unstable', 'PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n'],
    ['Ubuntu 24.04', 'PRETTY_NAME="Ubuntu 24.04.2 LTS"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n'],
  ])('takes the own sources of %s', async (_, release) => {
    const root = await system({ 'etc/os-release': release });
    expect(await aptSource(root)).toEqual({
      description: /"(.*)"/.exec(release)?.[1],
      list: null,
    });
  });

  it.each([
    [
      'an older Ubuntu',
      { 'etc/os-release': 'PRETTY_NAME="Ubuntu 22.04.5 LTS"\nVERSION_ID="22.04"\nID=ubuntu\n' },
    ],
    ['another system', { 'etc/os-release': 'PRETTY_NAME="Fedora Linux 42"\nVERSION_ID=42\nID=fedora\n' }],
    ['no release file', {}],
    ['Debian without a mirror', { 'etc/os-release': BOOKWORM, 'etc/apt/sources.list': '# none\n' }],
  ])('says why there is none: %s', async (_, files: Record<string, string>) => {
    expect(await aptSource(await system(files))).toMatch(/no package of it|no Debian mirror/);
  });
});
