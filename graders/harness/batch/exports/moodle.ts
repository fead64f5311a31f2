import { list } from '../../base/text/count.ts';
import type { CheckReport } from '../../judging/report/report.ts';
import type { BatchResults, ResultCell, ResultRow } from '../results.ts';
import { csv } from './csv.ts';
import { nameOf, statusOf } from './status.ts';

/**
 * The columns of Moodle's offline grading worksheet, with the points of all challenges together as the grade,
 * and then those of each: its grade import takes any of them, joined by e-mail address or identifier.
 */
export function moodleCsv({ rows, challenges }: BatchResults): string {
  const each = challenges.length > 1;
  const header = [
    'Identifier',
    'Full name',
    'Email address',
    'Status',
    'Grade',
    'Maximum Grade',
    ...(each ? challenges.map(({ title, id }) => `${title} (${id})`) : []),
    'Feedback comments',
  ];
  const rowOf = (row: ResultRow) => {
    const identifier = row.learner?.identifier ?? row.id;
    return [
      identifier,
      nameOf(row),
      identifier.includes('@') ? identifier : '',
      submissionStatus(row),
      row.score,
      row.maxScore,
      ...(each ? row.cells.map(({ score }) => score) : []),
      row.cells.map(comment).join(' · '),
    ];
  };
  return csv([header, ...rows.map(rowOf)]);
}

function submissionStatus(row: ResultRow): string {
  if (statusOf(row) === 'not submitted') return 'No submission';
  const late = row.submission?.commit?.late ?? 0;
  return late > 0 ? 'Submitted for grading (late)' : 'Submitted for grading';
}

/** How a challenge went, for the learner: which checks are left, without what the grader expects. */
function comment({ challenge, status, score, maxScore, record }: ResultCell): string {
  const points = score === null ? '' : `, ${score} of ${maxScore}`;
  const isMissed = (check: CheckReport) => check.status === 'failed' || check.status === 'skipped';
  const missed = record?.report.checks.filter(isMissed).map(({ title }) => title) ?? [];
  const left = status === 'failed' && missed.length > 0 ? `; to go: ${list(missed)}` : '';
  return `${challenge}: ${status === 'failed' ? 'not passed yet' : status}${points}${left}`;
}
