import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Mounts a disk of some pages of memory at a folder. `options` are those of tmpfs. */
export async function mountSmallDisk(path: string, options = 'size=64k'): Promise<void> {
  await mkdir(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'pipe' });
}

export function unmountSmallDisk(path: string): void {
  execFileSync('umount', ['--lazy', path], { stdio: 'pipe' });
}

/** Takes all room on a disk but for some bytes. */
export async function fillDisk(path: string, leave = 0): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  await writeFile(join(path, 'filler'), Buffer.alloc(bavail * bsize - leave));
}

/** Why tests cannot mount a disk here; null where they can. */
export async function obstacleToMounting(): Promise<string | null> {
  if (process.platform !== 'linux') return 'a small disk is mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root may mount a small disk';
  const path = await mkdtemp(join(tmpdir(), 'disk-'));
  try {
    await mountSmallDisk(path);
    unmountSmallDisk(path);
    return null;
  } catch (error) {
    return `a small disk cannot be mounted here: ${String(error)}`;
  } finally {
    await rm(path, { recursive: true });
  }
}
