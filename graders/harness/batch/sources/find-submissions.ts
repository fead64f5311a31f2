import { UsageError } from '../../base/errors.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import { type Shard, shardOf } from '../shard.ts';
import type { BatchSubmission, FoundSubmissions } from '../submission.ts';
import { cloneRepositories } from './clone.ts';
import { isRevision, type RepositoryCandidate, readCloneList } from './clone-list.ts';
import { readCommits } from './commit.ts';
import {
  type FolderCandidate,
  kindOf,
  submissionsBeside,
  submissionsIn,
  submissionsOfGlob,
} from './folders.ts';
import { type Candidate, type Identified, identify } from './identify.ts';
import { type Roster, readRoster, rosterColumns } from './roster.ts';

/** Where submissions come from. */
export interface SourceOptions {
  /** A folder of submissions, a glob with a named part, or a roster. May be left out where they are cloned. */
  submissions?: string;
  roster?: string;
  /** What the roster calls its columns: `identifier=E-mail,github_username=GitHub`. */
  rosterColumns?: string;
  /** A list of repositories to be fetched first. */
  clone?: string;
  /** The commit or tag to be graded of what is cloned. */
  at?: string;
  /** What is cloned is graded as it was then; for all others it tells who is late. */
  deadline?: Date;
  /** The batch's folder: what is cloned goes there, and it is never a submission itself. */
  out: string;
  /** How often what could not be cloned is tried again. */
  retries?: number;
  /** The part that is looked at, and cloned; all where it is left out. */
  shard?: Shard;
}

/**
 * Finds whose work is to be graded. Throws UsageError for what is wrong with the call, the roster or a list, and
 * InfrastructureError where git is needed and not there.
 */
export async function findSubmissions(options: SourceOptions, notify: Notify): Promise<FoundSubmissions> {
  const source = await sourceOf(options);
  const roster = source.roster === undefined ? undefined : await readRosterOf(source.roster, options);
  if (source.list !== undefined) {
    const { part, known } = whose(await readCloneList(source.list), roster, options, notify);
    return { ...known, ...(await fetchAll(part, source.list, options, notify)) };
  }
  const { part, known } = whose(await source.folders(notify), roster, options, notify);
  return { ...known, ...(await readAll(part, options)) };
}

/** Whose each is. A part is taken before anything is fetched: what cannot be had must not change the other parts. */
function whose<Found extends Candidate>(
  candidates: readonly Found[],
  roster: Roster | undefined,
  { shard }: SourceOptions,
  notify: Notify,
): { part: Identified<Found>[]; known: Pick<FoundSubmissions, 'notSubmitted' | 'offRoster'> } {
  const { identified, absent } = identify(candidates, roster, notify);
  const part = shard ? shardOf(identified, shard) : identified;
  if (!roster) return { part, known: { notSubmitted: absent } };
  const offRoster = identified.filter(({ learner }) => learner === null).map(({ id }) => id);
  return { part, known: { notSubmitted: absent, offRoster } };
}

interface Source {
  roster: string | undefined;
  /** Of repositories. */
  list: string | undefined;
  folders(notify: Notify): Promise<FolderCandidate[]>;
}

/** What the options mean together. Throws UsageError. */
async function sourceOf({
  submissions,
  roster,
  rosterColumns,
  clone,
  at,
  out,
}: SourceOptions): Promise<Source> {
  const kind = submissions === undefined ? undefined : await kindOf(submissions);
  if (kind === 'roster' && roster !== undefined)
    throw new UsageError(
      'There are two rosters: --submissions and --roster. Name the folders with --submissions.',
    );
  const named = kind === 'roster' ? submissions : roster;
  if (rosterColumns !== undefined && named === undefined)
    throw new UsageError('--roster-columns needs a roster: name it with --roster.');
  if (at !== undefined && clone === undefined)
    throw new UsageError('--at needs --clone: folders are graded as they are.');
  if (at !== undefined && !isRevision(at)) throw new UsageError(`--at ${at}: that is no commit or tag.`);
  if (clone !== undefined && (kind === 'folder' || kind === 'glob'))
    throw new UsageError(
      'Either --clone or the folders of --submissions are graded. Beside --clone, --submissions may only be a roster.',
    );
  if (submissions === undefined && clone === undefined)
    throw new UsageError('Name what is to be graded with --submissions or --clone.');
  const where = submissions ?? '';
  return {
    roster: named,
    list: clone,
    folders: (notify) => {
      if (kind === 'glob') return submissionsOfGlob(where);
      return kind === 'roster' ? submissionsBeside(where, out, notify) : submissionsIn(where, out, notify);
    },
  };
}

function readRosterOf(file: string, options: SourceOptions): Promise<Roster> {
  return readRoster(file, options.rosterColumns === undefined ? {} : rosterColumns(options.rosterColumns));
}

async function readAll(
  part: readonly Identified<FolderCandidate>[],
  { deadline }: SourceOptions,
): Promise<Pick<FoundSubmissions, 'submissions' | 'faults'>> {
  const commits = await readCommits(
    part.map(({ found }) => found.path),
    deadline,
  );
  const submissions = part.map(({ id, learner, found: { path, isApart } }, index) => ({
    id,
    learner,
    path,
    ...(isApart === true && { isApart }),
    commit: commits[index] ?? null,
  }));
  return { submissions, faults: [] };
}

async function fetchAll(
  part: readonly Identified<RepositoryCandidate>[],
  file: string,
  { out, at, deadline, shard, retries = 2 }: SourceOptions,
  notify: Notify,
): Promise<Pick<FoundSubmissions, 'submissions' | 'faults' | 'missing'>> {
  const requests = part.map(({ id, found: { url, at } }) => ({ id, url, at }));
  const results = await cloneRepositories(requests, { out, at, deadline, retries, notify });
  const submissions: BatchSubmission[] = [];
  const faults: FoundSubmissions['faults'] = [];
  const missing: FoundSubmissions['missing'] = [];
  for (const [index, { id, learner }] of part.entries()) {
    const result = results[index];
    if (!result) continue;
    if ('fault' in result) {
      faults.push({ id, reason: result.fault, learner });
      continue;
    }
    const { path, commit } = result;
    submissions.push({ id, learner, path, commit });
    if (result.missing !== undefined) missing.push({ id, reason: result.missing });
  }
  // More likely mistyped than forgotten by all. A part may be a single one.
  if (
    at !== undefined &&
    !shard &&
    submissions.length > 0 &&
    submissions.every(({ commit }) => commit === null)
  )
    throw new UsageError(`No repository of ${file} has the tag ${at}.`);
  return { submissions, faults, missing };
}
