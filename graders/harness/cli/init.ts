import { cleanUpOnSignals } from '../cleanup.ts';
import { ExitCode } from '../errors.ts';
import { PROTECTED_PATHS } from '../init/files.ts';
import { type InitOptions, makeRepository } from '../init/init.ts';
import { write } from '../stdout.ts';
import { count } from '../text/count.ts';
import { wrapText } from '../text/wrap.ts';

const WIDTH = 76;

/** `keyspace-grader init`: makes a classroom repository, and says what comes next. */
export async function initCommand(folder: string, options: InitOptions): Promise<number> {
  cleanUpOnSignals();
  const { files, ids } = await makeRepository(folder, options);
  await write(options.teacher ? teachersPage(folder, files) : learnersPage(folder, files, ids, options));
  return ExitCode.passed;
}

function learnersPage(
  folder: string,
  files: readonly string[],
  ids: readonly string[],
  { missions, classroom }: InitOptions,
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

function teachersPage(folder: string, files: readonly string[]): string {
  return `
  Written into ${folder}, for the teacher alone:

${files.map((file) => `    ${file}\n`).join('')}
  What comes next is in its README.md. Keep the repository private.

`;
}
