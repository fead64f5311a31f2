import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cleanUpLater } from '../../base/cleanup.ts';
import { PROJECT_ROOT } from '../../base/project.ts';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import { which } from '../../base/which.ts';
import type { Script } from '../submission/script.ts';
import { hasPrivateTmp } from './confinement.ts';
import { scriptEnvironment } from './environment.ts';
import { hidePaths } from './hide-paths.ts';
import { leftOpenWatch, WATCH_FILE, watched } from './left-open/left-open.ts';
import type { ScriptLimits } from './limits.ts';
import { ownParts } from './own-parts.ts';
import { makePrivateTmp } from './private-tmp.ts';
import { proveProgram } from './prove-program.ts';
import { proveTypeScript } from './prove-typescript.ts';
import { runProcess } from './run-process.ts';
import type { PreparedScript, Sandbox } from './sandbox.ts';
import { makeWorkspace } from './workspace.ts';

/** What runs scripts and is the machine's own. */
const PROGRAMS = new Set(['bash', 'python3']);

/**
 * Runs scripts as processes of this machine: with an environment, a home and a temporary folder of their
 * own, within limits, and ended with all that they started. They can read what the user can read.
 */
export class ProcessSandbox implements Sandbox {
  readonly kind = 'process';
  readonly #cli: string | undefined;
  /** The last script that was to run: those that share `/tmp` wait for each other. */
  #last: Promise<unknown> = Promise.resolve();

  /** `cli` is a valkey-cli of this machine; undefined to use our own. */
  constructor(cli: string | undefined) {
    this.#cli = cli;
  }

  async prepare(script: Script, limits: ScriptLimits): Promise<PreparedScript> {
    const { start } = script.language;
    if (start === null) throw new Error('a command file needs no sandbox');
    const { tsx } = ownParts();
    // Asked once, while the server starts.
    void hasPrivateTmp();
    const workspace = await makeWorkspace(script, this.#cli);
    return {
      run: async ({ address }, { atRest } = {}) => {
        const { folder, submission, linked } = workspace;
        const started = start(workspace.script, tsx);
        const watch = atRest && leftOpenWatch(started);
        const command = watch ? watched(started, join(folder, WATCH_FILE)) : started;
        if (watch) await writeFile(join(folder, WATCH_FILE), watch.source);
        const env = scriptEnvironment({ address, folder });
        const programs = [which(command[0], env.PATH), this.#cli].flatMap((path) => path ?? []);
        const needed = [folder, ...linked, ...programs.map((path) => dirname(path))];
        // Not in the folder of the run: it would be seen there once more.
        const seen = await makeScratchFolder(undefined, 'programs');
        const tmp = await makePrivateTmp(seen.path, needed);
        const process = await this.#inTurn(() =>
          runProcess({
            command,
            cwd: submission,
            env,
            folder,
            limits,
            tmp,
            ...(watch && { leftOpen: { watch, atRest } }),
          }),
        ).finally(() => cleanUpLater(seen.remove));
        const failed = process.ended === 'exited' && process.exitCode !== 0;
        if (failed && command.includes(tsx)) await proveTypeScript(tsx, address, limits);
        else if (failed && PROGRAMS.has(command[0])) await proveProgram(command[0], address, limits);
        for (const output of [process.stdout, process.stderr])
          output.text = hidePaths(output.text, submission, [folder, PROJECT_ROOT]);
        return { process, replies: null };
      },
      remove: workspace.remove,
      leftBehind: workspace.leftBehind,
    };
  }

  /** Runs one script after the other where they share `/tmp`, and side by side where they do not. */
  async #inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (await hasPrivateTmp()) return run();
    const turn = this.#last.then(run, run);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
