/**
 * Takes the paths of a run out of what a script printed (error messages name files): they differ from run
 * to run, and the same submission is to give the same evidence everywhere. `submission` is the folder in
 * which the script ran; of what lies in the others only the end of the path is shown.
 */
export function hidePaths(text: string, submission: string, others: readonly string[] = []): string {
  const relative = text
    .replaceAll(`file://${submission}/`, '')
    .replaceAll(`${submission}/`, '')
    .replaceAll(submission, '.');
  return others.reduce((hidden, folder) => hidden.replaceAll(folder, '<grader>'), relative);
}
