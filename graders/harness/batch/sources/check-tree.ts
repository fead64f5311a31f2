import { git, gitError, NO_CONFIGURATION } from '../../base/git.ts';

const MIB = 1024 * 1024;
/**
 * What a commit may hold to be put on the disk: a submission for each challenge, and what learners commit beside them
 * by mistake.
 */
const MOST_FILES = 50_000;
const MOST_BYTES = 512 * MIB;
const LONGEST_PATH = 1024;
/** What git may write of a list, in bytes: more than that of the largest commit with paths of an ordinary length. */
const MOST_LISTED = 8 * MIB;

/**
 * Why the files of a commit must not be put on the disk: there are too many, or they are too large, which a tiny
 * repository can name as well; null where they may. The list is read up to its bound, whatever the commit holds, and
 * folders count as files: there may be folders alone, without end. Throws Error where it cannot be read.
 */
export async function excessOfTree(
  gitDir: string,
  commit: string,
  env: Record<string, string> = NO_CONFIGURATION,
): Promise<string | null> {
  const result = await git(
    ['--git-dir', gitDir, 'ls-tree', '-r', '-t', '-l', '-z', '--full-tree', '--end-of-options', commit],
    { env, mostOutput: MOST_LISTED },
  );
  const files = result.stdout.split('\0').slice(0, -1);
  const bytes = files.reduce((sum, line) => sum + (Number(/^\S+ \S+ \S+ +(\d+)\t/.exec(line)?.[1]) || 0), 0);
  if (result.cut || files.length > MOST_FILES || bytes > MOST_BYTES)
    return `its commit holds more than ${MOST_BYTES / MIB} MiB or ${MOST_FILES} files`;
  if (result.exitCode !== 0) throw new Error(`its files cannot be listed: ${gitError(result)}`);
  const tooLong = files.some((line) => Buffer.byteLength(line.slice(line.indexOf('\t') + 1)) > LONGEST_PATH);
  return tooLong ? `its commit holds a path of more than ${LONGEST_PATH} bytes` : null;
}
