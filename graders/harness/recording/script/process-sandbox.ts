import { PROJECT_ROOT } from '../../base/project.ts';
import type { Script } from '../submission/script.ts';
import { scriptEnvironment } from './environment.ts';
import { hidePaths } from './hide-paths.ts';
import type { ScriptLimits } from './limits.ts';
import { ownParts } from './own-parts.ts';
import { proveTypeScript } from './prove-typescript.ts';
import { runProcess } from './run-process.ts';
import type { PreparedScript, Sandbox } from './sandbox.ts';
import { makeWorkspace } from './workspace.ts';

/**
 * Runs scripts as processes of this machine: with an environment, a home and a temporary folder of their
 * own, within limits, and ended with all that they started. They can read what the user can read.
 */
export class ProcessSandbox implements Sandbox {
  readonly kind = 'process';
  readonly #cli: string | undefined;

  /** `cli` is a valkey-cli of this machine; undefined to use our own. */
  constructor(cli: string | undefined) {
    this.#cli = cli;
  }

  async prepare(script: Script, limits: ScriptLimits): Promise<PreparedScript> {
    const { start } = script.language;
    if (start === null) throw new Error('a command file needs no sandbox');
    const { tsx } = ownParts();
    const workspace = await makeWorkspace(script, this.#cli);
    return {
      async run({ address }) {
        const { folder, submission } = workspace;
        const command = start(workspace.script, tsx);
        const process = await runProcess({
          command,
          cwd: submission,
          env: scriptEnvironment({ address, folder }),
          folder,
          limits,
        });
        const failed = process.ended === 'exited' && process.exitCode !== 0;
        if (failed && command.includes(tsx)) await proveTypeScript(tsx, address, limits);
        for (const output of [process.stdout, process.stderr])
          output.text = hidePaths(output.text, submission, [folder, PROJECT_ROOT]);
        return { process, replies: null };
      },
      remove: workspace.remove,
    };
  }
}
