import { notify } from '../../base/stdout.ts';
import type { Colors } from '../../base/text/styles.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { listPage, type RowProgress } from '../../challenges/missions/list-page.ts';
import type { MapMission } from '../../challenges/missions/map.ts';
import { challengeLines, watchCommand } from './next.ts';
import { type ChallengeProgress, type Progress, progressAt } from './progress.ts';

export interface ListRequest {
  missions: readonly MapMission[];
  collection: Collection;
  /** The folder in which the learner works. */
  workingIn: string;
  /** The `--challenges` that was given. */
  option?: string | undefined;
}

/** The way through the challenges as a page for a terminal; in a learner's repository with how far it was gone, and what comes next. */
export async function learnersList(request: ListRequest, style: Colors): Promise<string> {
  const { missions, option } = request;
  const progress = await readProgress(request);
  if (!progress) return listPage(missions, style);
  const page = listPage(missions, style, rowsOf(progress));
  const next = toGoOnWith(missions, progress);
  if (!next) return page;
  const place = { repository: progress.repository, start: watchCommand(option) };
  const lines = challengeLines(next.label, next.challenge, place, style);
  return `${page}${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

/** How far the learner is, by challenge, for programs; undefined outside of a learner's repository. */
export async function progressOfRows(
  request: ListRequest,
): Promise<ReadonlyMap<string, Pick<ChallengeProgress, 'state' | 'score' | 'changed'>> | undefined> {
  const progress = await readProgress(request);
  if (!progress) return undefined;
  return new Map(
    [...progress.challenges].map(([id, { state, score, changed }]) => [id, { state, score, changed }]),
  );
}

async function readProgress({ missions, collection, workingIn }: ListRequest): Promise<Progress | undefined> {
  const ids = missions.flatMap(({ challenges }) => challenges.map(({ id }) => id));
  const progress = await progressAt(workingIn, ids, collection);
  for (const problem of progress?.problems ?? []) notify(`keyspace-grader: ${problem}`);
  return progress;
}

function rowsOf({ challenges }: Progress): Map<string, RowProgress> {
  return new Map(
    [...challenges].map(([id, { state, score, changed, passed }]) => [
      id,
      {
        state,
        // What an older text came to is no score of this one.
        score: changed ? null : score,
        remark: changed ? `changed since it was ${passed ? 'solved' : 'graded'}` : null,
      },
    ]),
  );
}

/** What is begun comes first, then what follows the last one that is solved. */
function toGoOnWith(missions: readonly MapMission[], { challenges }: Progress) {
  const all = missions.flatMap((mission) => mission.challenges);
  const stateOf = (id: string) => challenges.get(id)?.state ?? 'not started';
  const begun = all.find(({ id }) => stateOf(id) === 'begun');
  if (begun) return { label: 'Go on with', challenge: begun };
  const last = all.findLastIndex(({ id }) => stateOf(id) === 'solved');
  const open = all.filter(({ id }) => stateOf(id) === 'not started');
  const challenge = open.find((one) => all.indexOf(one) > last) ?? open[0];
  return challenge && { label: last === -1 ? 'Begin with' : 'Next', challenge };
}
