import { list } from '../../base/text/count.ts';
import { declaredTests } from './declared-tests.ts';
import { type Files, type InitRequest, PROTECTED_PATHS } from './files.ts';
import { manifest, shippedFile } from './shipped.ts';

/** The private side: who is in the class, and what grades them all. */
export async function teachersFiles(request: InitRequest): Promise<Files> {
  const { classroom, selector } = request;
  const { version } = await manifest();
  const files = new Map<string, string>([
    ['README.md', readme(request)],
    ['package.json', packageJson(version)],
    ['.gitignore', GITIGNORE],
    ['roster.csv', ROSTER],
    ['repositories.txt', REPOSITORIES],
    ['grade-all.sh', gradeAll(selector)],
  ]);
  if (classroom === '50') {
    const [autograder, guide] = await Promise.all(
      ['autograder.py', 'README.md'].map((name) => shippedFile('.github', 'classroom', 'classroom50', name)),
    );
    files.set('classroom50/autograder.py', namedIn(autograder ?? '', selector, version));
    files.set('classroom50/README.md', guide ?? '');
    files.set('classroom50/tests.json', await declaredTests(selector, version));
  }
  return files;
}

/** The challenges and the version at the top of the autograder. */
function namedIn(autograder: string, selector: string, version: string): string {
  return autograder
    .replace(/^CHALLENGES = .*$/m, `CHALLENGES = ${JSON.stringify(selector)}`)
    .replace(/^VERSION = .*$/m, `VERSION = ${JSON.stringify(version)}`);
}

function packageJson(version: string): string {
  const content = {
    name: 'valkey-class',
    private: true,
    scripts: { 'grade-all': './grade-all.sh' },
    devDependencies: { 'keyspace-grader': version },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const GITIGNORE = `node_modules/
*.log
# What learners handed in and what came of it: keep it, but not in a repository.
graded/
`;

const ROSTER = `identifier,github_username,github_id,name
han@example.org,hsolo,,Han Solo
luke@example.org,lskywalker,,Luke Skywalker
`;

const REPOSITORIES = `# One learner a line: the address of the repository, then the identifier or the username of the roster.
https://github.com/example/valkey-hsolo.git hsolo
https://github.com/example/valkey-lskywalker.git lskywalker
`;

function gradeAll(selector: string): string {
  return `#!/usr/bin/env bash
# Grades everybody: fetches the repositories of repositories.txt and grades them in containers. Whatever
# interrupts it, call it again: it goes on where it was. Options of \`keyspace-grader batch\` may be added, such
# as --deadline 2026-06-01T23:59+02:00, or --sandbox process where there is no Docker.
set -euo pipefail
cd "$(dirname "$0")"
npx keyspace-grader batch ${selector.split(',').join(' ')} \\
  --clone repositories.txt --roster roster.csv --out graded "$@"
`;
}

function readme({ selector, classroom }: InitRequest): string {
  const how = classroom === '50' ? CLASSROOM_50 : GITHUB;
  return `# A class that learns Valkey: the teacher's side

Keep this repository private. Nothing in it goes to learners: theirs is made with \`keyspace-grader init <folder>\`, with the same \`--missions\` and \`--classroom\`.

It grades ${list(selector.split(',').map((word) => `\`${word}\``))}.

## Once

1. \`npm install\`, and \`npx keyspace-grader doctor --sandbox container\`: it says what this machine lacks.
2. Put your class into \`roster.csv\`, and the addresses of their repositories into \`repositories.txt\`.
3. Protect what says how learners are graded, in the settings of the assignment:

\`\`\`text
${PROTECTED_PATHS.join('\n')}
\`\`\`

${how}
## Grade everybody

\`\`\`sh
./grade-all.sh
\`\`\`

It writes results, gradebooks and a dashboard into \`graded/\`, and keeps what was seen of every submission. \`npx keyspace-grader regrade graded --dry-run\` tells what later graders would make of it.
`;
}

const GITHUB = `The learners' repository has \`.github/workflows/classroom.yml\`, which grades every push and tells the points as GitHub Classroom's reporter does.
`;

const CLASSROOM_50 = `4. Put \`classroom50/autograder.py\` into the assignment's bundle: [classroom50/README.md](classroom50/README.md) says how, and what \`classroom50/tests.json\` is for. The workflow in the learners' repository gives feedback alone.
`;
