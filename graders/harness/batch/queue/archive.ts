import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { extract, type Header, pack } from 'tar-stream';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import { copySubmission } from '../../recording/script/copy-submission.ts';
import type { ScriptPlace } from '../../recording/submission/script.ts';

const compress = promisify(gzip);
const uncompress = promisify(gunzip);

/** What an archive may hold: a little more than a submission, which has at most 64 MiB and 5000 files. */
const MAX_BYTES = 80 * 1024 * 1024;
const MAX_ENTRIES = 6_000;

/**
 * Packs a script with its folder as a gzip tar archive, without node_modules and .git, and without links that lead
 * out of it. The same content makes the same archive. Throws UsageError where the folder is too large to be a
 * submission.
 */
export async function packScript(script: ScriptPlace): Promise<Buffer> {
  const scratch = await makeScratchFolder((path) => copySubmission(script, join(path, 'submission')));
  try {
    const archive = pack();
    const chunks: Buffer[] = [];
    archive.on('data', (chunk: unknown) => void chunks.push(Buffer.from(chunk as Uint8Array)));
    const whole = new Promise<void>((resolve, reject) => {
      archive.on('end', () => resolve());
      archive.on('error', reject);
    });
    await addFolder(join(scratch.path, 'submission'), '', (header, content) =>
      archive.entry({ ...header, mtime: new Date(0) }, content),
    );
    archive.finalize();
    await whole;
    return await compress(Buffer.concat(chunks));
  } finally {
    await scratch.remove();
  }
}

type AddEntry = (header: Pick<Header, 'name' | 'type' | 'mode'> & Partial<Header>, content: Buffer) => void;

async function addFolder(root: string, name: string, add: AddEntry): Promise<void> {
  for (const entry of (await readdir(join(root, name))).sort()) {
    const inner = posix.join(name, entry);
    const path = join(root, inner);
    const found = await lstat(path);
    if (found.isDirectory()) {
      add({ name: inner, type: 'directory', mode: 0o755 }, Buffer.alloc(0));
      await addFolder(root, inner, add);
    } else if (found.isSymbolicLink()) {
      const linkname = await readlink(path);
      if (staysInside(inner, linkname))
        add({ name: inner, type: 'symlink', mode: 0o777, linkname }, Buffer.alloc(0));
    } else if (found.isFile()) {
      const content = await readFile(path);
      add({ name: inner, type: 'file', mode: (found.mode & 0o100) === 0 ? 0o644 : 0o755 }, content);
    }
  }
}

/**
 * Unpacks an archive into an empty folder: files, folders, and links that stay inside, and nothing else.
 * Throws InfrastructureError for an archive that is broken, too large, or would write elsewhere.
 */
export async function unpackArchive(archive: Uint8Array, folder: string): Promise<void> {
  try {
    const tar = await uncompress(archive, { maxOutputLength: MAX_BYTES });
    // Last, so that nothing is written through one.
    const links: { path: string; target: string }[] = [];
    let entries = 0;
    const reader = extract();
    reader.end(tar);
    for await (const entry of reader) {
      const { name, type, mode, linkname } = entry.header;
      entries += 1;
      if (entries > MAX_ENTRIES) throw new Error(`it holds more than ${MAX_ENTRIES} files`);
      const inner = type === 'directory' ? name.replace(/(?<!\/)\/+$/, '') : name;
      if (!isInnerName(inner)) throw new Error(`${JSON.stringify(name)} is no name in it`);
      const path = join(folder, inner);
      const content = await readEntry(entry);
      if (type === 'directory') await mkdir(path, { recursive: true });
      else {
        await mkdir(dirname(path), { recursive: true });
        if (type === 'file')
          await writeFile(path, content, { flag: 'wx', mode: mode & 0o100 ? 0o755 : 0o644 });
        else if (type === 'symlink' && staysInside(inner, linkname)) links.push({ path, target: linkname });
        else throw new Error(`${JSON.stringify(name)} is no plain file`);
      }
    }
    for (const { path, target } of links) await symlink(target, path);
  } catch (error) {
    throw new InfrastructureError(`The archive of the submission cannot be unpacked: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function readEntry(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** What no name may hold; on Windows, what would end it or name a stream of a file. */
const FORBIDDEN = process.platform === 'win32' ? /[\0\\:]/ : /\0/;

/** True for a relative path without `.` and `..`. */
function isInnerName(name: string): boolean {
  return name
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !FORBIDDEN.test(part));
}

/**
 * True where a link leads to somewhere in the archive. It goes up first and then down: whatever other links there
 * are on its way down, going up after one could end outside.
 */
function staysInside(name: string, target: string): boolean {
  const parts = target.split('/');
  const down = parts.slice(parts.lastIndexOf('..') + 1);
  const up = parts.slice(0, parts.length - down.length);
  return (
    up.every((part) => part === '..') &&
    up.length < name.split('/').length &&
    isInnerName(down.filter((part) => part !== '.').join('/') || 'itself')
  );
}
