import { basename } from 'node:path';
import type { BatchResults } from '../results.ts';
import { csv } from './csv.ts';

/**
 * The grades as GitHub Classroom lists them, a row for each submitter and challenge. Addresses stay empty: a
 * batch knows folders.
 * Source: https://docs.github.com/en/rest/classroom/classroom#get-assignment-grades
 */
export function githubClassroomCsv({ rows, challenges }: BatchResults): string {
  const header = [
    'assignment_name',
    'assignment_url',
    'starter_code_url',
    'github_username',
    'roster_identifier',
    'student_repository_name',
    'student_repository_url',
    'submission_timestamp',
    'points_awarded',
    'points_available',
  ];
  const grades = challenges.flatMap(({ id }, index) =>
    rows.map(({ learner, submission, cells }) => [
      id,
      '',
      '',
      learner?.username ?? (learner ? '' : (submission?.id ?? '')),
      { key: learner?.identifier ?? '' },
      submission ? basename(submission.path) : '',
      '',
      submission?.commit?.date ?? '',
      cells[index]?.score ?? null,
      cells[index]?.maxScore ?? null,
    ]),
  );
  return csv([header, ...grades]);
}
