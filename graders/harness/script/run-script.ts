import { readFile } from 'node:fs/promises';
import { cleanUpLater } from '../cleanup.ts';
import type { CommandReply, ProcessEvidence } from '../evidence/evidence.ts';
import type { ServerAddress } from '../valkey/address.ts';
import { runCommandFile } from './command-file/run.ts';
import { scriptEnvironment } from './environment.ts';
import { hidePaths } from './hide-paths.ts';
import type { Language } from './languages.ts';
import type { ScriptLimits } from './limits.ts';
import { runProcess } from './run-process.ts';
import { makeWorkspace } from './workspace.ts';

/** A learner's script, found and recognised. */
export interface Script {
  /** Absolute path. */
  path: string;
  /** The file's name, without a folder. */
  name: string;
  language: Language;
}

/** A script that is ready to be run once against a server. */
export interface PreparedScript {
  run(address: ServerAddress): Promise<{ process: ProcessEvidence; replies: CommandReply[] | null }>;
}

/**
 * Makes everything ready that a run needs, so that its time is the script's alone.
 * `cli` is a valkey-cli of this machine, undefined for none. Throws UsageError.
 */
export async function prepareScript(
  script: Script,
  limits: ScriptLimits,
  cli: string | undefined,
): Promise<PreparedScript> {
  const { start } = script.language;
  if (start === null) {
    const source = await readFile(script.path, 'utf8');
    return { run: (address) => runCommandFile({ name: script.name, source, address, limits }) };
  }
  const workspace = await makeWorkspace(script.path, cli);
  return {
    async run(address) {
      try {
        const process = await runProcess({
          command: start(workspace.script),
          cwd: workspace.submission,
          env: scriptEnvironment({ address, folder: workspace.folder }),
          folder: workspace.folder,
          limits,
        });
        for (const output of [process.stdout, process.stderr])
          output.text = hidePaths(output.text, workspace);
        return { process, replies: null };
      } finally {
        cleanUpLater(workspace.remove);
      }
    },
  };
}
