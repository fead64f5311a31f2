import { readdir } from 'node:fs/promises';
import { join, parse, resolve, sep } from 'node:path';
import { messageOf, UsageError } from '../../base/errors.ts';

/** What stands for the submitter in a glob. */
const ID = '{id}';

/** What a glob found. */
export interface GlobMatch {
  /** What stood where the glob has `{id}`. */
  id: string;
  path: string;
}

/** True for what is to be read as a glob. */
export function isGlob(text: string): boolean {
  return /[*?{]/.test(text);
}

/**
 * Finds folders by a glob with a named part: `{id}` stands for the submitter, as many characters of one name as
 * can be; `*` for any characters of a name, as few as can be; `?` for one; `**` for folders at any depth. Files
 * match too where the glob ends with an extension (`work/{id}.py`). Hidden names and links match nothing that
 * does not spell them out. Sorted by path. Throws UsageError.
 */
export async function findByGlob(glob: string): Promise<GlobMatch[]> {
  if (glob.split(ID).length !== 2 || /[{}]/.test(glob.replace(ID, '')))
    throw new UsageError(
      `--submissions ${glob}: a glob needs ${ID} once, where the submitter's name stands, such as 'repos/valkey-*-${ID}', and may have *, ? and ** beside it.`,
    );
  const whole = resolve(glob);
  const { root } = parse(whole);
  const segments = whole.slice(root.length).split(sep);
  const first = segments.findIndex(isGlob);
  const start = join(root, ...segments.slice(0, first));
  const found = new Map<string, GlobMatch>();
  const isFileWanted = /\.\w+$/.test(glob.slice(Math.max(glob.lastIndexOf('}'), glob.lastIndexOf('*')) + 1));
  await walk(start, segments.slice(first), undefined, isFileWanted, found);
  return [...found.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}

async function walk(
  folder: string,
  [segment = '', ...rest]: string[],
  id: string | undefined,
  isFileWanted: boolean,
  found: Map<string, GlobMatch>,
): Promise<void> {
  const isDeep = segment === '**';
  // Folders at any depth are none at all, too.
  if (isDeep && rest.length > 0) await walk(folder, rest, id, isFileWanted, found);
  const pattern = isDeep ? /^[^.]/ : regExpOf(segment);
  for (const entry of await entriesOf(folder)) {
    const match = pattern.exec(entry.name);
    if (!match || (entry.name.startsWith('.') && !segment.startsWith('.'))) continue;
    const path = join(folder, entry.name);
    const named = match.groups?.id ?? id;
    const isLast = rest.length === 0;
    if (entry.isDirectory() && (isDeep || !isLast))
      await walk(path, isDeep ? [segment, ...rest] : rest, named, isFileWanted, found);
    if (isLast && named !== undefined && (entry.isDirectory() || (isFileWanted && entry.isFile())))
      found.set(path, { id: named, path });
  }
}

function regExpOf(segment: string): RegExp {
  const source = segment
    .split(/(\{id\}|\*+|\?)/)
    .map((part) => {
      if (part === ID) return '(?<id>.+)';
      if (part === '?') return '.';
      return part.startsWith('*') ? '.*?' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, 'su');
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // A part of the glob that is not there matches nothing.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw new UsageError(`${folder} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
