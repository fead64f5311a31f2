// `npm run check:package [-- <file.tgz>]`: packs this package, or takes a tarball that was packed before, and
// checks what is in it, what publint and Are The Types Wrong say of it, and that it works for somebody who
// installs it in an empty folder. It needs no network where `npm ci` has filled npm's cache.
import { mkdir, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { messageOf } from '../../graders/harness/base/errors.ts';
import { removeFolder } from '../../graders/harness/base/scratch-folder.ts';
import { importsTheModules, install, refusesOldVitest, usesTheCommand, usesTheTypes } from './consumer.ts';
import { contentFindings, LIMITS, unpackedSize } from './contents.ts';
import { managerFindings } from './installs.ts';
import { publintFindings, typesFindings } from './linters.ts';
import { pack, readTarball, type Tarball } from './tarball.ts';

const folder = await realpath(await mkdtemp(join(tmpdir(), 'package-')));
try {
  const [given] = process.argv.slice(2);
  const packed = join(folder, 'packed');
  await mkdir(packed);
  const tarball = await readTarball(
    given === undefined ? await pack(packed) : resolve(given),
    join(folder, 'unpacked'),
  );
  console.log(summary(tarball));
  await step('Contents', () => contentFindings(tarball));
  await step('publint', () => publintFindings(tarball));
  await step('Are The Types Wrong', () => typesFindings(tarball));
  await step('Installed in an empty folder', async () => {
    const consumer = await install(join(folder, 'empty'), tarball.file);
    await usesTheCommand(consumer);
    await importsTheModules(consumer);
    await usesTheTypes(consumer);
    return [];
  });
  await step('Refuses a vitest that is too old', async () => {
    await refusesOldVitest(tarball.file, join(folder, 'old-vitest'));
    return [];
  });
  await step('Package managers', () => managerFindings(tarball.file, join(folder, 'managers')));
} finally {
  await removeFolder(folder);
}

/** Says what came of one part. What it finds or throws fails the whole, and the other parts are still done. */
async function step(title: string, findings: () => Promise<string[]>): Promise<void> {
  const found = await findings().catch((error: unknown) => [messageOf(error)]);
  if (found.length > 0) process.exitCode = 1;
  console.log(
    found.length === 0 ? `${title}: fine` : `${title}:\n${found.map((one) => `  ${one}`).join('\n')}`,
  );
}

function summary({ file, size, files }: Tarball): string {
  const unpacked = unpackedSize(files);
  return (
    `${basename(file)}: ${files.size} files, ${kib(size)} (at most ${kib(LIMITS.packed)}), ` +
    `unpacked ${kib(unpacked)} (at most ${kib(LIMITS.unpacked)})`
  );
}

function kib(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
