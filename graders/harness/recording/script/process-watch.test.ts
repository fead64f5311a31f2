import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeScratchFolder, type ScratchFolder } from '../../base/scratch-folder.ts';
import { confinement } from './confinement.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { runProcess } from './run-process.ts';

const MIB = 1024 * 1024;

/** Files in memory of 50 MiB each: what is held is told by their number, beside the 10 MiB of Python. */
const PRELUDE = `
import mmap, os, time
block = b'x' * (50 * ${MIB})
def file():
    made = os.memfd_create('held')
    os.write(made, block)
    return made
def map_it(made):
    mapped = mmap.mmap(made, len(block))
    sum(mapped[::4096])
    return mapped
def hold():
    global block
    del block
    time.sleep(3)
`;

let folder: ScratchFolder;
beforeEach(async () => {
  folder = await makeScratchFolder();
});
afterEach(() => folder.remove());

const { namespace } = await confinement(DEFAULT_LIMITS);

/** Only where there is a namespace of processes are they watched. */
describe.skipIf(!namespace || process.platform !== 'linux')('the watch over memory', () => {
  it.each([
    ['files that are held open', 'held = [file() for _ in range(9)]', 'out of memory'],
    [
      'files that are mapped, and closed, beside open ones',
      'held = [file() for _ in range(4)]\nmapped = []\nfor _ in range(5): made = file(); mapped.append(map_it(made)); os.close(made)',
      'out of memory',
    ],
    [
      'what several processes hold open and have mapped, once',
      'held = [file() for _ in range(5)]\nmapped = [map_it(made) for made in held]\nos.fork()',
      'exited',
    ],
  ])('counts %s', async (_, script, expected) => {
    const { ended, stderr } = await runProcess({
      command: ['python3', '-c', `${PRELUDE}\n${script}\nhold()`],
      cwd: folder.path,
      env: { PATH: process.env.PATH ?? '' },
      folder: folder.path,
      limits: { ...DEFAULT_LIMITS, memoryBytes: 400 * MIB },
    });
    expect({ ended, stderr: stderr.text }).toEqual({ ended: expected, stderr: '' });
  });
});
