import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InfrastructureError, InstallationError } from '../../base/errors.ts';
import { PROJECT_ROOT } from '../../base/project.ts';

/** What this package gives to scripts. Each part must be a file of the disk: Node and shells read it there. */
export interface OwnParts {
  /** The folder of the client library. */
  iovalkey: string;
  /** The URL of the module that makes Node run TypeScript. */
  tsx: string;
  /** The valkey-cli for machines that have none: a module for Node. */
  client: string;
}

/**
 * Finds the parts before a script runs without them, which would look like its own mistake.
 * Throws InstallationError if they are in an archive, InfrastructureError if one is missing.
 */
export function ownParts(root = PROJECT_ROOT, pnp = process.versions.pnp): OwnParts {
  if (pnp !== undefined)
    throw new InstallationError(
      "keyspace-grader is installed with Yarn's Plug'n'Play, inside an archive: a script cannot load iovalkey or TypeScript from there.\n" +
        'Write `nodeLinker: node-modules` into .yarnrc.yml and run `yarn install`.',
    );
  const { resolve } = createRequire(join(root, 'package.json'));
  const client = join(root, 'dist', 'valkey-cli.js');
  if (!existsSync(client)) throw missing('dist/valkey-cli.js', root);
  return {
    iovalkey: dirname(found('iovalkey/package.json', resolve, root)),
    tsx: pathToFileURL(found('tsx', resolve, root)).href,
    client,
  };
}

function found(name: string, resolve: NodeJS.RequireResolve, root: string): string {
  let path: string;
  try {
    path = resolve(name);
  } catch (error) {
    throw missing(name, root, error);
  }
  // A folder without its files is resolved as well.
  if (!existsSync(path)) throw missing(name, root);
  return path;
}

function missing(part: string, root: string, cause?: unknown): InfrastructureError {
  return new InfrastructureError(
    `keyspace-grader is not completely installed in ${root}: ${part} is missing, which scripts need. Install it again.`,
    { cause },
  );
}
