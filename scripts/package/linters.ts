// What others' programs say of a package. Both work on the .tgz, and ask nobody.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { x } from 'tinyexec';
import { SHIPPED } from '../../graders/harness/challenges/collection/collection.ts';
import type { Tarball } from './tarball.ts';

/** What publint says, suggestions included. */
export async function publintFindings({ file, files }: Tarball): Promise<string[]> {
  const { buffer, byteOffset, byteLength } = await readFile(file);
  const tarball = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const { messages } = await publint({ pack: { tarball }, level: 'suggestion', strict: true });
  const manifest = JSON.parse(files.get('package.json')?.toString() ?? '{}') as Record<string, unknown>;
  return messages.map((message) => formatMessage(message, manifest, { color: false }) ?? message.code);
}

/**
 * What Are The Types Wrong says. The package is for `import` alone, so `require` and the resolution of before
 * Node 12 do not count.
 */
export async function typesFindings({ file }: Tarball): Promise<string[]> {
  const options = [
    '--profile',
    'esm-only',
    '--no-definitely-typed',
    '--no-emoji',
    '--no-color',
    '--format',
    'ascii',
  ];
  const program = join(SHIPPED.root, 'node_modules', '.bin', 'attw');
  const { exitCode, stdout, stderr } = await x(program, [file, ...options]);
  return exitCode === 0 ? [] : [stdout + stderr];
}
