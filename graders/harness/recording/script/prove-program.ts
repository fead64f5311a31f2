import { InfrastructureError } from '../../base/errors.ts';
import type { ServerAddress } from '../../valkey/client/address.ts';
import { scriptEnvironment } from './environment.ts';
import type { ScriptLimits } from './limits.ts';
import { faultOfNothing } from './prove-typescript.ts';
import { runProcess } from './run-process.ts';

/**
 * Runs an empty file with a program that the machine has, as a learner's would be run: one that is on the PATH may be
 * broken, or start nothing. Throws InfrastructureError if that fails.
 */
export async function proveProgram(
  program: string,
  address: ServerAddress,
  limits: ScriptLimits,
): Promise<void> {
  const fault = await faultOfNothing(
    (file, folder) =>
      runProcess({
        command: [program, file],
        cwd: folder,
        env: scriptEnvironment({ address, folder }),
        folder,
        limits,
      }),
    { name: 'nothing', text: '' },
  );
  if (fault === null) return;
  throw new InfrastructureError(
    `${program} does not work on this machine: a file that does nothing fails as well. Install it again.\n${fault}`,
  );
}
