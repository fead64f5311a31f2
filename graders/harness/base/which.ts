import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, sep } from 'node:path';

/**
 * The path of the first executable file of that name in the folders of a PATH, by default {@link ownPath}; undefined
 * if there is none. A path stands for itself.
 */
export function which(name: string, path = ownPath()): string | undefined {
  if (name.includes(sep)) return isExecutable(name) ? name : undefined;
  return trustedFolders(path)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * The PATH on which the grader finds the programs that it runs itself, and they what they run. Nothing in it depends on
 * the current folder, which may be a learner's: no relative folder, no `node_modules/.bin` (npm puts those of the
 * current folder and of all above it first), and no folder inside the current one.
 */
export function ownPath(path = process.env.PATH): string {
  const current = currentFolder();
  return trustedFolders(path)
    .filter((folder) => current === undefined || !isWithin(folder, current))
    .join(delimiter);
}

/**
 * The PATH on which a learner's script finds its programs. Unlike {@link ownPath} it may lead into the current folder:
 * a virtual environment that is active there is the Python that the learner works with.
 */
export function scriptPath(): string {
  return trustedFolders(given ?? process.env.PATH).join(delimiter);
}

/** The PATH that this process was started with. */
let given: string | undefined;

/**
 * Gives this process {@link ownPath}, for what libraries start by its name, such as Docker's helpers for passwords.
 * Returns a function that gives it back what it had.
 */
export function keepToOwnPath(): () => void {
  const { PATH } = process.env;
  const before = given;
  given ??= PATH;
  process.env.PATH = ownPath();
  return () => {
    process.env.PATH = PATH;
    given = before;
  };
}

/** The environment for another process of the grader, which keeps to its own path itself. */
export function environmentAsGiven(): NodeJS.ProcessEnv {
  return given === undefined ? process.env : { ...process.env, PATH: given };
}

function trustedFolders(path = '/usr/local/bin:/usr/bin:/bin'): string[] {
  return path.split(delimiter).filter((folder) => isAbsolute(folder) && !OF_PACKAGES.test(folder));
}

const OF_PACKAGES = /[\\/]node_modules[\\/]\.bin[\\/]*$/;

/**
 * The current folder, if it can be a learner's; undefined if it is gone, or if it holds the home or the Node of whoever
 * runs the grader, as `/` does.
 */
function currentFolder(): string | undefined {
  try {
    const folder = realpathSync(process.cwd());
    return [process.env.HOME || homedir(), process.execPath].some((path) => isWithin(path, folder))
      ? undefined
      : folder;
  } catch {
    // It was removed: nothing lies in it.
    return undefined;
  }
}

function isWithin(path: string, folder: string): boolean {
  const real = realPath(path);
  return real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there: nothing is found in it.
    return path;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run.
    return false;
  }
}
