import { count } from '../../base/text/count.ts';
import { wrapText } from '../../base/text/wrap.ts';
import { type Classroom, PROTECTED_PATHS } from './files.ts';

const WIDTH = 76;

/** What was written for learners, and what comes next; `missions` and `classroom` as they were asked for. */
export function learnersPage(
  folder: string,
  files: readonly string[],
  ids: readonly string[],
  missions: string,
  classroom: Classroom,
): string {
  // The teacher's side must grade what learners have.
  const same = [
    ...(missions === 'all' ? [] : ['--missions', missions]),
    ...(classroom === 'github' ? [] : ['--classroom', classroom]),
  ];
  const own = files.filter((file) => !file.startsWith('challenges/'));
  return `
  Written into ${folder}, for learners:

    challenges/  ${count(ids.length, 'challenge')}: instructions and starters, no answers
${own.map((file) => `    ${file}\n`).join('')}
  What comes next:

    1. cd ${folder} && npm install && npm test
         nothing is begun there yet, and nothing fails
    2. git init && git add . && git commit -m 'Valkey challenges'
         package-lock.json belongs to it; push it as a template
    3. Protect what says how learners are graded, where your classroom lets you:
${wrapText(PROTECTED_PATHS.join('  '), WIDTH - 9)
  .map((line) => `         ${line}\n`)
  .join('')}    4. ${['npx keyspace-grader init <another folder>', ...same, '--teacher'].join(' ')}
         roster, batch script and bundle, which learners never see

`;
}

/** What was written for the teacher, and what comes next. */
export function teachersPage(folder: string, files: readonly string[]): string {
  return `
  Written into ${folder}, for the teacher alone:

${files.map((file) => `    ${file}\n`).join('')}
  What comes next is in its README.md. Keep the repository private.

`;
}
