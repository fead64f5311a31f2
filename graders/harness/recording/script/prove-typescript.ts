import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InfrastructureError } from '../../base/errors.ts';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import type { ProcessEvidence } from '../../evidence/evidence.ts';
import type { ServerAddress } from '../../valkey/client/address.ts';
import { scriptEnvironment } from './environment.ts';
import type { ScriptLimits } from './limits.ts';
import { runProcess } from './run-process.ts';

/**
 * Runs a TypeScript file that does nothing on this machine, as a learner's would be run. What it needs may be there
 * and not work: esbuild's program is another one on each system, and a package manager can be told to leave it out.
 * `tsx` is the URL of the module that makes Node run TypeScript. Throws InfrastructureError if the file fails too.
 */
export async function proveTypeScript(
  tsx: string,
  address: ServerAddress,
  limits: ScriptLimits,
): Promise<void> {
  const fault = await faultOfNothing((file, folder) =>
    runProcess({
      command: [process.execPath, '--import', tsx, file],
      cwd: folder,
      env: scriptEnvironment({ address, folder }),
      folder,
      limits,
    }),
  );
  if (fault === null) return;
  throw new InfrastructureError(
    'TypeScript cannot be run on this machine: a file that does nothing fails as well. ' +
      `Install keyspace-grader again, with its optional dependencies.\n${fault}`,
  );
}

/**
 * What goes wrong with a file that does nothing, in a folder of its own; null where nothing does.
 * `run` gives null where it could not be tried. `nothing` is the file: TypeScript if left out.
 */
export async function faultOfNothing(
  run: (file: string, folder: string) => Promise<ProcessEvidence | null>,
  nothing = { name: 'nothing.mts', text: 'const nothing: undefined = undefined;\nexport { nothing };\n' },
): Promise<string | null> {
  const { path: folder, remove } = await makeScratchFolder(async (path) => {
    await Promise.all(['home', 'tmp'].map((name) => mkdir(join(path, name))));
    await writeFile(join(path, nothing.name), nothing.text);
  });
  try {
    const proof = await run(join(folder, nothing.name), folder);
    if (proof === null || proof.exitCode === 0) return null;
    return errorIn(proof.stderr.text) ?? `It ${proof.ended}.`;
  } finally {
    await remove();
  }
}

/** What Node says went wrong, without the stack; undefined where it says nothing. */
function errorIn(text: string): string | undefined {
  const lines = text.trim().split('\n');
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? (lines[0] || undefined);
}
