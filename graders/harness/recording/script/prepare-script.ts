import { readCommandFile } from '../submission/read-script.ts';
import type { Script } from '../submission/script.ts';
import { runCommandFile } from './command-file/run.ts';
import type { ScriptLimits } from './limits.ts';
import type { PreparedScript, Sandbox } from './sandbox.ts';

/**
 * Makes a script ready to be run. A command file is data: the harness itself sends its commands, whatever
 * the sandbox. Throws UsageError.
 */
export async function prepareScript(
  script: Script,
  limits: ScriptLimits,
  sandbox: Sandbox,
): Promise<PreparedScript> {
  if (script.language.start !== null) return sandbox.prepare(script, limits);
  const source = await readCommandFile(script.path);
  return {
    run: ({ address }, { deputy } = {}) =>
      runCommandFile({ name: script.name, source, address, limits, ...(deputy && { deputy }) }),
    remove: async () => undefined,
  };
}
