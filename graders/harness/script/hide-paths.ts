import { PROJECT_ROOT } from '../project.ts';
import type { Workspace } from './workspace.ts';

/**
 * Takes the paths of a run out of what a script printed (error messages name files): they differ from run
 * to run, and the same submission is to give the same evidence everywhere.
 */
export function hidePaths(
  text: string,
  { submission, folder }: Pick<Workspace, 'submission' | 'folder'>,
): string {
  return text
    .replaceAll(`file://${submission}/`, '')
    .replaceAll(`${submission}/`, '')
    .replaceAll(submission, '.')
    .replaceAll(folder, '<grader>')
    .replaceAll(PROJECT_ROOT, '<grader>');
}
