import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { testbed } from '../../testing/testbeds.ts';
import { recordEvidence } from '../observe/record-evidence.ts';
import { findScript } from '../submission/find.ts';
import { limitsWithin } from './limits.ts';

afterEach(() => vi.unstubAllEnvs());

/** Grades a script that ends with exit code 1, with a program first on the PATH. */
async function runWith(program: string, text: string, script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'program-'));
  try {
    await writeFile(join(folder, program), text);
    await chmod(join(folder, program), 0o755);
    await writeFile(join(folder, script), 'exit(1)\n');
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
    return await recordEvidence({
      plan: { challenge: 'a/b', setup: [], variants: [], keys: [] },
      script: await findScript('a/b', join(folder, script)),
      limits: limitsWithin(30),
      ...(await testbed('local')),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a script that fails', () => {
  it.each(['bash', 'python3'])('is not blamed where %s runs nothing at all', async (program) => {
    const script = program === 'bash' ? 'solution.sh' : 'solution.py';
    await expect(
      runWith(program, '#!/bin/sh\necho "no version is set" >&2\nexit 126\n', script),
    ).rejects.toThrow(
      `${program} does not work on this machine: a file that does nothing fails as well. Install it again.\nno version is set`,
    );
  });

  it('is blamed where its program works', async () => {
    const { runs } = await runWith('python3', '#!/bin/sh\n[ -s "$1" ] || exit 0\nexit 1\n', 'solution.py');
    expect(runs[0]?.process).toMatchObject({ ended: 'exited', exitCode: 1 });
  });
});
