import { isAbsolute, relative, sep } from 'node:path';

/**
 * The path of a script as programs that show a repository name it: from its root, with slashes. Undefined for one
 * outside of it, and where either is not known. Both are absolute.
 */
export function pathInRepository(script: string | undefined, root: string | null): string | undefined {
  if (script === undefined || root === null) return undefined;
  const path = relative(root, script).replaceAll(sep, '/');
  return path === '' || path.startsWith('../') || isAbsolute(path) ? undefined : path;
}

/** The folder from which paths of files are told: that of the repository where a pipeline names it. */
export function repositoryRoot(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.GITHUB_WORKSPACE || environment.CI_PROJECT_DIR || environment.WORKSPACE || process.cwd();
}
