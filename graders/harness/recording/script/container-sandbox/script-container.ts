import { dirname, join } from 'node:path';
import { dockerode } from '../../engine/docker/client.ts';
import { OwnedContainer, UNPRIVILEGED_USER } from '../../engine/docker/container.ts';
import { SubmissionLimits } from '../../submission/limits.ts';
import { WATCH_FILE } from '../left-open/left-open.ts';
import type { ScriptLimits } from '../limits.ts';
import { MANIFEST } from '../workspace.ts';
import type { PackedSubmission } from './pack-submission.ts';

/** Where a submission lies in its container: a copy that the script may write to. */
export const SUBMISSION_FOLDER = '/work/submission';

/** Where the module lies that watches a script of Node. */
export const WATCH_PATH = join(dirname(SUBMISSION_FOLDER), WATCH_FILE);

/** How many files and folders a script may make in each place. */
const OWN_FILES = 4096;

/** What an engine says that refuses an option of a file system in memory. */
export const REFUSED_OPTION = /\b(?:nr_inodes|uid)=|mount option/;

const MOUNTED = '/submission';

/**
 * Copies the submission and runs the script. The shell stays the first process, so that the script gets
 * the signals that a first process ignores.
 */
const RUN = `cp -R ${MOUNTED}/. ${SUBMISSION_FOLDER} && cd ${SUBMISSION_FOLDER} && "$@"; exit $?`;

export interface ScriptContainerOptions {
  image: string;
  /** The id of the server's container, whose network (that is: loopback alone) the script shares. */
  server: string;
  packed: PackedSubmission;
  command: readonly string[];
  environment: Record<string, string>;
  limits: ScriptLimits;
  /** The file of the module that is to lie at {@link WATCH_PATH}. */
  watch?: string;
  /**
   * False for an engine that cannot limit how many files a script makes, nor say whose a file system in memory is:
   * Podman refuses the options.
   */
  limitFiles: boolean;
}

/** What a script writes, both streams in the form in which Docker mixes them. */
export type AttachedStream = NodeJS.ReadWriteStream;

/** The container of one run of a script. */
export class ScriptContainer extends OwnedContainer {
  #attached: AttachedStream | undefined;

  constructor({ image, server, packed, command, environment, limits, ...more }: ScriptContainerOptions) {
    const { watch, limitFiles } = more;
    super(image, limits.memoryBytes, limits.processes);
    this.withNetworkMode(`container:${server}`)
      .withEntrypoint(['/bin/sh', '-c', RUN, 'sh'])
      .withCommand([...command])
      .withEnvironment({ ...environment, HOME: '/work/home', TMPDIR: '/tmp', PYTHONUNBUFFERED: '1' })
      .withWorkingDir('/work');
    const user = UNPRIVILEGED_USER.split(':')[0];
    const half = Math.floor(limits.diskBytes / 2);
    const options = (bytes: number, files: number) =>
      `rw,exec,nosuid,nodev,size=${bytes},${limitFiles ? `nr_inodes=${files},uid=${user},mode=0700` : 'mode=0700,U'}`;
    const { folderBytes, files } = SubmissionLimits;
    this.mount(packed.submission, MOUNTED, { ReadOnly: true });
    this.mount(packed.manifest, join(dirname(SUBMISSION_FOLDER), MANIFEST), { ReadOnly: true });
    if (watch !== undefined) this.mount(watch, WATCH_PATH, { ReadOnly: true });
    this.hostConfig.Tmpfs = {
      // What is copied there leaves as much room as there is beside it.
      [SUBMISSION_FOLDER]: options(half + folderBytes, OWN_FILES + files),
      '/tmp': options(half, OWN_FILES),
      '/work/home': options(1024 * 1024, OWN_FILES),
    };
    this.hostConfig.ShmSize = 1024 * 1024;
    this.hostConfig.OomScoreAdj = 500;
    this.hostConfig.Ulimits = [
      { Name: 'nofile', Soft: 1024, Hard: 1024 },
      { Name: 'core', Soft: 0, Hard: 0 },
      { Name: 'fsize', Soft: limits.fileBytes, Hard: limits.fileBytes },
    ];
  }

  /** What the script writes. There once the container has started. */
  get attached(): AttachedStream {
    if (!this.#attached) throw new Error('the container was not created');
    return this.#attached;
  }

  /** Listens before the container starts, so that no output is lost. */
  protected override async containerCreated(id: string): Promise<void> {
    await super.containerCreated(id);
    const container = (await dockerode()).getContainer(id);
    this.#attached = await container.attach({ stream: true, stdout: true, stderr: true });
  }
}
