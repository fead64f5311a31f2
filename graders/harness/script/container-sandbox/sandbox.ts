import { join } from 'node:path';
import { containerEnd, hasImage } from '../../engine/docker/client.ts';
import { VALKEY_PORT } from '../../engine/docker/valkey-container.ts';
import type { RunningServer } from '../../engine/engine.ts';
import { InfrastructureError, messageOf } from '../../errors.ts';
import type { Script } from '../../submission/script.ts';
import { serverVariables } from '../environment.ts';
import { hidePaths } from '../hide-paths.ts';
import type { ScriptLimits } from '../limits.ts';
import type { PreparedScript, Sandbox, ScriptOutcome } from '../sandbox.ts';
import { packSubmission } from './pack-submission.ts';
import { runContainer } from './run-container.ts';
import { ScriptContainer, SUBMISSION_FOLDER } from './script-container.ts';

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

  async prepare(script: Script, limits: ScriptLimits): Promise<PreparedScript> {
    const submission = await packSubmission(script.path);
    return { run: (server) => this.#run(script, limits, submission.path, server), remove: submission.remove };
  }

  async #run(
    script: Script,
    limits: ScriptLimits,
    submission: string,
    server: RunningServer,
  ): Promise<ScriptOutcome> {
    const { start } = script.language;
    if (start === null || server.container === null)
      throw new Error('the container sandbox is for scripts and containers');
    const container = new ScriptContainer({
      image: this.#image,
      server: server.container,
      submission,
      command: start(join(SUBMISSION_FOLDER, script.name), 'tsx'),
      environment: serverVariables({ host: '127.0.0.1', port: VALKEY_PORT }),
      limits,
    });
    try {
      const process = await runContainer(container, limits);
      for (const output of [process.stdout, process.stderr])
        output.text = hidePaths(output.text, SUBMISSION_FOLDER);
      return { process, replies: null };
    } catch (error) {
      // A script's container can start only beside a server that runs: say what ended that one.
      const end = await containerEnd(server.container).catch(() => null);
      const why = end ? `the grading server had ended (${end.description})` : messageOf(error);
      throw new InfrastructureError(`The script's container could not be run: ${why}`, { cause: error });
    }
  }
}
