import type { CheckReport } from '../../judging/report/report.ts';
import type { BatchResults, ResultCell, ResultRow } from '../results.ts';
import { type CsvCell, csv } from './csv.ts';
import { gradebookRows } from './gradebook-rows.ts';
import { isUngraded, nameOf, statusOf } from './status.ts';

/** The maximum of a grade item in Moodle unless it was set. */
const MAXIMUM = 100;
/** Moodle keeps so many decimals. */
const SCALE = 1e5;
/** What Moodle reads as no grade in every column; an empty cell is 0 to older versions. */
const NO_GRADE: CsvCell = { key: '-' };

/**
 * What Moodle's grade import reads: a row for each learner, joined by identifier or e-mail address, with the grade
 * for all challenges together, and then those for each. Grades are of 100, whatever the points: a grade above
 * the maximum of its item makes Moodle refuse the whole file, and one below it would be of 100, too.
 */
export function moodleCsv(results: BatchResults): string {
  const { challenges } = results;
  const rows = gradebookRows(results);
  const each = challenges.length > 1;
  // A column that names learners names all of them: Moodle books an empty one on the learner of the row above.
  const hasAddresses = rows.every((row) => identifierOf(row).includes('@'));
  const header = [
    'Identifier',
    'Full name',
    ...(hasAddresses ? ['Email address'] : []),
    'Status',
    'Grade',
    'Maximum Grade',
    ...(each ? challenges.map(({ title, id }) => `${title} (${id})`) : []),
    'Feedback comments',
  ];
  const rowOf = (row: ResultRow): CsvCell[] => {
    const identifier = { key: identifierOf(row) };
    return [
      identifier,
      nameOf(row),
      ...(hasAddresses ? [identifier] : []),
      submissionStatus(row),
      gradeOf(row),
      MAXIMUM,
      ...(each ? row.cells.map(gradeOf) : []),
      row.cells.map(comment).join(' · '),
    ];
  };
  // Moodle cuts the mark off, and spreadsheets read UTF-8 only with it.
  return csv([header, ...rows.map(rowOf)], { bom: true });
}

function identifierOf({ learner, id }: ResultRow): string {
  return learner?.identifier ?? id;
}

function gradeOf({ score, maxScore }: Pick<ResultRow, 'score' | 'maxScore'>): CsvCell {
  return score === null ? NO_GRADE : Math.round((score / maxScore) * MAXIMUM * SCALE) / SCALE;
}

function submissionStatus(row: ResultRow): string {
  if (statusOf(row) === 'not submitted') return 'No submission';
  const late = row.submission?.commit?.late ?? 0;
  return late > 0 ? 'Submitted for grading (late)' : 'Submitted for grading';
}

/** How a challenge went, for the learner: which checks are left, without what the grader expects. */
function comment({ challenge, status, score, maxScore, record }: ResultCell): string {
  if (isUngraded(status)) return `${challenge}: not graded, no points lost`;
  const points = score === null ? '' : `, ${score} of ${maxScore}`;
  const isMissed = (check: CheckReport) => check.status === 'failed' || check.status === 'skipped';
  const missed = record?.report.checks.filter(isMissed).map(({ title }) => title) ?? [];
  const left = status === 'failed' && missed.length > 0 ? `; to go: ${missed.join('; ')}` : '';
  return `${challenge}: ${status === 'failed' ? 'not passed yet' : status}${points}${left}`;
}
