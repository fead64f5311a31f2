import { UsageError } from '../../base/errors.ts';
import { withoutPasswords } from '../../base/git.ts';
import { list } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { columnIndex, readCsvTable } from './csv-table.ts';
import type { Candidate } from './identify.ts';
import { readTextFile } from './text-file.ts';

/** A repository that is to be fetched. */
export interface RepositoryCandidate extends Candidate {
  url: string;
  /** The commit or tag to be graded, where the list names one. */
  at: string | undefined;
}

interface Line {
  url: string;
  id: string | null;
  at: string | null;
  where: string;
}

/**
 * Reads a list of repositories. A text file has one URL a line, then, if it is told, the submitter's id, and
 * empty lines and comments after `#`; a `.csv` has columns `url` (or GitHub Classroom's
 * `student_repository_url`) and, if they are told, `id` (or `github_username`) and `at`. Where no id is told,
 * the repository's name stands for it, or its owner where all repositories are named alike, as forks are.
 * Throws UsageError with file and line.
 */
export async function readCloneList(file: string): Promise<RepositoryCandidate[]> {
  const lines = /\.csv$/i.test(file) ? await linesOfCsv(file) : await linesOfText(file);
  if (lines.length === 0) throw new UsageError(`${file} names no repositories.`);
  for (const { url, at, where } of lines) {
    const problem =
      problemOf(url) ?? (at !== null && !isRevision(at) ? `${at} is no commit or tag` : undefined);
    if (problem !== undefined) throw new UsageError(`${where}: ${printable(withoutPasswords(problem))}`);
  }
  const parts = lines.map(({ url }) => partsOf(url));
  const isFork =
    new Set(parts.map(({ repository }) => repository.toLowerCase())).size === 1 && lines.length > 1;
  return lines.map(({ url, id, at, where }, index) => ({
    name: id ?? (isFork ? parts[index]?.owner : parts[index]?.repository) ?? url,
    isExact: id !== null || isFork,
    from: where,
    url,
    at: at ?? undefined,
  }));
}

async function linesOfText(file: string): Promise<Line[]> {
  const text = await readTextFile(file);
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    const [url, id = null, ...more] = line
      .replace(/(?:^|\s)#.*$/s, '')
      .trim()
      .split(/\s+/);
    const where = `${file}:${index + 1}`;
    if (more.length > 0)
      throw new UsageError(`${where}: a line is a URL and, after a space, the submitter's id.`);
    return url ? [{ url, id, at: null, where }] : [];
  });
}

async function linesOfCsv(file: string): Promise<Line[]> {
  const table = await readCsvTable(file);
  const url = columnIndex(table, 'url', 'student_repository_url');
  if (url === undefined)
    throw new UsageError(`${file}:1: there is no column url, only ${list(table.columns.map(printable))}.`);
  const id = columnIndex(table, 'id', 'github_username');
  const at = columnIndex(table, 'at');
  return table.rows.map(({ cells, line }) => {
    const where = `${file}:${line}`;
    const cell = (index: number | undefined) => cells[index ?? -1] || null;
    const address = cell(url);
    if (address === null) throw new UsageError(`${where}: the row has no URL.`);
    return { url: address, id: cell(id), at: cell(at), where };
  });
}

/** What is wrong with a URL; undefined for nothing. A URL like an option, or a transport that runs a program, is never given to git. */
function problemOf(url: string): string | undefined {
  const isScp = /^[\w.-]+@[\w.-]+:(?!\/\/)[^\s-]\S*$/.test(url) && !url.includes('::');
  if (url.startsWith('-')) return `${url} begins with -, so it is no URL.`;
  if (isScp) return /@-/.test(url) ? `${url} names no host.` : undefined;
  const [, host] =
    /^(?:https|ssh):\/\/(?:[^\s/@]*@)?([^\s/:@]+|\[[\da-f:]+\])(?::\d+)?\/\S+$/i.exec(url) ?? [];
  if (host !== undefined) return host.startsWith('-') ? `${url} names no host.` : undefined;
  if (/^file:\/\/\/\S+$/.test(url)) return undefined;
  return `${url} is not a URL that is fetched: https://, ssh://, git@host:path or file:///.`;
}

/** True for what may be a commit's or a tag's name, and is no option or path. */
export function isRevision(text: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_./+-]*$/u.test(text) && !/\.\.|\/\/|\.lock(?:\/|$)|[./]$/.test(text);
}

function partsOf(url: string): { owner: string | undefined; repository: string } {
  const names = url
    .replace(/[?#].*$/s, '')
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/);
  return { owner: names.at(-2) || undefined, repository: decoded(names.at(-1) ?? '') || url };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // No escape after all: the name as it stands.
    return text;
  }
}
