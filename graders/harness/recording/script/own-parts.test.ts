import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExitCode, InfrastructureError, InstallationError } from '../../base/errors.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { ownParts } from './own-parts.ts';

const PARTS = [
  'package.json',
  'dist/valkey-cli.js',
  'node_modules/iovalkey/package.json',
  'node_modules/tsx/index.js',
];

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'own-parts-')));
});
afterEach(() => removeFolder(root));

async function install(parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    await mkdir(dirname(join(root, part)), { recursive: true });
    await writeFile(join(root, part), '{}');
  }
}

describe('ownParts', () => {
  it('finds each part', async () => {
    await install(PARTS);
    expect(ownParts(root)).toEqual({
      iovalkey: join(root, 'node_modules/iovalkey'),
      tsx: pathToFileURL(join(root, 'node_modules/tsx/index.js')).href,
      client: join(root, 'dist/valkey-cli.js'),
    });
  });

  it.each([
    ['dist/valkey-cli.js', 'dist/valkey-cli.js'],
    ['node_modules/iovalkey/package.json', 'iovalkey/package.json'],
    ['node_modules/tsx/index.js', 'tsx'],
  ])('says that %s is missing: the machine is at fault, not the script', async (file, part) => {
    await install(PARTS.filter((name) => name !== file));
    expect(() => ownParts(root)).toThrow(InfrastructureError);
    expect(() => ownParts(root)).toThrow(
      `${root}: ${part} is missing, which scripts need. Install it again.`,
    );
  });

  it("refuses Yarn's Plug'n'Play, and says what to write where", () => {
    const refused = () => ownParts(root, '3');
    expect(refused).toThrow(InstallationError);
    expect(refused).toThrow('Write `nodeLinker: node-modules` into .yarnrc.yml and run `yarn install`.');
    expect(new InstallationError('')).toMatchObject({ exitCode: ExitCode.usage });
  });
});
