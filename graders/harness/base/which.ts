import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';

/**
 * The path of the first executable file of that name in the folders of a PATH that are to be trusted; undefined where
 * there is none. A path stands for itself.
 */
export function which(name: string, path = process.env.PATH): string | undefined {
  if (name.includes(sep)) return isExecutable(name) ? name : undefined;
  return trustedFolders(path)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * A PATH without what depends on where somebody stands, and without the programs that packages bring: npm puts those of
 * the folder that it is called in, and of all above it, before everything else.
 */
export function trustedPath(path = process.env.PATH): string {
  return trustedFolders(path).join(delimiter);
}

function trustedFolders(path = '/usr/local/bin:/usr/bin:/bin'): string[] {
  return path.split(delimiter).filter((folder) => isAbsolute(folder) && !OF_PACKAGES.test(folder));
}

const OF_PACKAGES = /[\\/]node_modules[\\/]\.bin[\\/]*$/;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run.
    return false;
  }
}
