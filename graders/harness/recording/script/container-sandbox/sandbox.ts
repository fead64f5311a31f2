import { chmod, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InfrastructureError, messageOf } from '../../../base/errors.ts';
import type { ProcessEvidence } from '../../../evidence/evidence.ts';
import { containerEnd, hasImage } from '../../engine/docker/client.ts';
import { reasonOf } from '../../engine/docker/mount-fault.ts';
import { VALKEY_PORT } from '../../engine/docker/valkey-container.ts';
import type { RunningServer } from '../../engine/engine.ts';
import type { Script } from '../../submission/script.ts';
import { serverVariables } from '../environment.ts';
import { hidePaths } from '../hide-paths.ts';
import { leftOpenWatch, WATCH_FILE, watched } from '../left-open/left-open.ts';
import type { ScriptLimits } from '../limits.ts';
import { faultOfNothing } from '../prove-typescript.ts';
import type { AtRest, PreparedScript, Sandbox, ScriptOutcome } from '../sandbox.ts';
import { type PackedSubmission, packSubmission } from './pack-submission.ts';
import { runContainer } from './run-container.ts';
import {
  REFUSED_OPTION,
  ScriptContainer,
  type ScriptContainerOptions,
  SUBMISSION_FOLDER,
  WATCH_PATH,
} from './script-container.ts';

/** The command that builds the image in which scripts run, from the root of this project's repository. */
export function buildCommand(image: string): string {
  return `docker build -t ${image} -f runtime/Dockerfile .`;
}

/**
 * Runs scripts in containers of their own, for submissions that nobody trusts: they see the Valkey server
 * and nothing else, no network, no file of this machine but their own, and have no rights.
 */
export class ContainerSandbox implements Sandbox {
  readonly kind = 'container';
  readonly #image: string;
  #limitsFiles = true;

  private constructor(image: string) {
    this.#image = image;
  }

  /** Throws InfrastructureError where there is no image to run scripts in. */
  static async prepare(image: string): Promise<ContainerSandbox> {
    if (await hasImage(image)) return new ContainerSandbox(image);
    throw new InfrastructureError(
      `The container sandbox needs the image ${image}, which is not there. Build it once:\n` +
        `  ${buildCommand(image)}\n` +
        'Or, for scripts that you trust, use --sandbox process.',
    );
  }

  /** False once the engine has refused to limit how many files a script makes. */
  get limitsFiles(): boolean {
    return this.#limitsFiles;
  }

  async prepare(script: Script, limits: ScriptLimits): Promise<PreparedScript> {
    const packed = await packSubmission(script);
    const { remove, leftBehind } = packed;
    return {
      run: (server, { atRest } = {}) => this.#run(script, limits, packed, server, atRest),
      remove,
      leftBehind,
    };
  }

  async #run(
    script: Script,
    limits: ScriptLimits,
    packed: PackedSubmission,
    server: RunningServer,
    atRest?: AtRest,
  ): Promise<ScriptOutcome> {
    const { start } = script.language;
    if (start === null || server.container === null)
      throw new Error('the container sandbox is for scripts and containers');
    const { container: serverContainer } = server;
    const run = async (
      what: PackedSubmission,
      name: string,
      started = start(join(SUBMISSION_FOLDER, name), TSX),
    ) => {
      const watch = atRest && leftOpenWatch(started);
      const watchFile = join(what.folder, WATCH_FILE);
      if (watch) {
        await writeFile(watchFile, watch.source);
        // Not as it is made: a umask takes from that, and the script runs as somebody else.
        await chmod(watchFile, 0o644);
      }
      return this.#runOnce(
        {
          image: this.#image,
          server: serverContainer,
          packed: what,
          command: watch ? watched(started, WATCH_PATH) : started,
          environment: serverVariables({ host: '127.0.0.1', port: VALKEY_PORT }),
          limits,
          ...(watch && { watch: watchFile }),
        },
        watch && { watch, atRest },
      );
    };
    try {
      const process = await run(packed, script.name);
      const failed = process.ended === 'exited' && process.exitCode !== 0;
      if (failed && start('', TSX).includes(TSX) && /tsx|esbuild/.test(process.stderr.text))
        await this.#proveTypeScript(run);
      if (failed && /^cp: /.test(process.stderr.text))
        await this.#proveCopy((what) => run(what, script.name, ['true']));
      for (const output of [process.stdout, process.stderr])
        output.text = hidePaths(output.text, SUBMISSION_FOLDER);
      return { process, replies: null };
    } catch (error) {
      if (error instanceof InfrastructureError) throw error;
      // A script's container can start only beside a server that runs: say what ended that one.
      const end = await containerEnd(server.container).catch(() => null);
      const why = end
        ? `the grading server had ended (${end.description})`
        : reasonOf(error, dirname(packed.submission));
      throw new InfrastructureError(`The script's container could not be run: ${why}`, { cause: error });
    }
  }

  /** Without the limit of files where the engine refuses that: all other limits hold. Rejects where Docker fails. */
  async #runOnce(
    options: Omit<ScriptContainerOptions, 'limitFiles'>,
    leftOpen?: Parameters<typeof runContainer>[2],
  ): Promise<ProcessEvidence> {
    const limitFiles = this.#limitsFiles;
    try {
      return await runContainer(new ScriptContainer({ ...options, limitFiles }), options.limits, leftOpen);
    } catch (error) {
      if (!limitFiles || !REFUSED_OPTION.test(messageOf(error))) throw error;
      this.#limitsFiles = false;
      return this.#runOnce(options, leftOpen);
    }
  }

  /** Throws InfrastructureError where a file that does nothing fails too: an image may lack what runs TypeScript. */
  async #proveTypeScript(
    run: (packed: PackedSubmission, name: string) => Promise<ProcessEvidence>,
  ): Promise<void> {
    const fault = await faultOfNothing(async (file) => {
      const nothing = await packSubmission({ path: file });
      // Where it cannot be run, the script has brought down the server: that is told by others.
      const proof = await run(nothing, basename(file))
        .catch(() => null)
        .finally(nothing.remove);
      return proof?.ended === 'exited' ? proof : null;
    });
    if (fault === null) return;
    throw new InfrastructureError(
      `The image ${this.#image} cannot run TypeScript: a file that does nothing fails as well. ` +
        `Build it with what runtime/Dockerfile installs.\n${fault}`,
    );
  }

  /** Throws InfrastructureError where no file at all can be copied to where scripts run: the engine lets nobody write there. */
  async #proveCopy(run: (packed: PackedSubmission) => Promise<ProcessEvidence>): Promise<void> {
    const fault = await faultOfNothing(async (file) => {
      const nothing = await packSubmission({ path: file });
      return run(nothing).finally(nothing.remove);
    });
    if (fault === null) return;
    throw new InfrastructureError(
      `No script can be copied into a container of ${this.#image} by this engine: ${fault}\nThat is not your fault. Use another engine, or --sandbox process.`,
    );
  }
}

/** The module that makes Node run TypeScript, as the image has it. */
const TSX = 'tsx';
