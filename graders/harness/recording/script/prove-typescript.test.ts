import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InfrastructureError } from '../../base/errors.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { ownParts } from './own-parts.ts';
import { proveTypeScript } from './prove-typescript.ts';

// Nobody connects to it.
const address = { host: '127.0.0.1', port: 1 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prove-typescript-'));
});
afterEach(() => removeFolder(folder));

describe('proveTypeScript', () => {
  it('has nothing to say where TypeScript can be run', async () => {
    await expect(proveTypeScript(ownParts().tsx, address, DEFAULT_LIMITS)).resolves.toBeUndefined();
  });

  it('says what keeps it from being run', async () => {
    const broken = join(folder, 'loader.mjs');
    await writeFile(broken, "throw new Error('The package esbuild could not be found');\n");
    const proof = proveTypeScript(pathToFileURL(broken).href, address, DEFAULT_LIMITS);
    await expect(proof).rejects.toThrow(InfrastructureError);
    await expect(proof).rejects.toThrow(/^TypeScript cannot be run on this machine: .*The package esbuild/s);
  });
});
