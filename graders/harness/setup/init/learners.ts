import { count } from '../../base/text/count.ts';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { type MapMission, missionMap } from '../../challenges/missions/map.ts';
import { missionsPage } from '../../challenges/missions/page.ts';
import { describeTotals } from '../../challenges/missions/totals.ts';
import { scriptNames } from '../../recording/submission/languages.ts';
import { PROGRESS_NAME } from '../../recording/submission/progress-name.ts';
import type { Files, InitRequest } from './files.ts';
import { challengeFiles, manifest } from './shipped.ts';
import { workflow } from './workflow.ts';

/** The repository that learners get: instructions and starters, and what grades them. No answers. */
export async function learnersFiles({ name, selector, ids, classroom }: InitRequest): Promise<Files> {
  const missions = await chosenMissions(ids);
  const { path, text } = await workflow(classroom, selector);
  const { engines } = await manifest();
  const files = new Map<string, string>([
    ['README.md', readme(missions, engines.node.replace(/^>=\s*/, ''))],
    ['package.json', await packageJson(name)],
    ['vitest.config.mjs', VITEST_CONFIG],
    ['challenges.test.mjs', CHALLENGES_TEST],
    ['.gitignore', GITIGNORE],
    ['.gitattributes', GITATTRIBUTES],
    ['.devcontainer/devcontainer.json', devcontainer()],
    ['.devcontainer/Dockerfile', DOCKERFILE],
    [path, text],
    ['challenges/README.md', challengesPage(missions)],
  ]);
  for (const id of ids)
    for (const [file, content] of await challengeFiles(id)) files.set(`challenges/${id}/${file}`, content);
  return files;
}

async function chosenMissions(ids: readonly string[]): Promise<MapMission[]> {
  const missions = await missionMap(SHIPPED);
  return missions
    .map((mission) => ({ ...mission, challenges: mission.challenges.filter(({ id }) => ids.includes(id)) }))
    .filter(({ challenges }) => challenges.length > 0);
}

/** The page of the chosen missions, without the line on how this project makes its own. */
function challengesPage(missions: readonly MapMission[]): string {
  return missionsPage(missions).replace(/^Made by `npm run generate`.*\n\n/m, '');
}

async function packageJson(name: string): Promise<string> {
  const { version, engines, vitest } = await manifest();
  const content = {
    name:
      name
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'valkey-challenges',
    private: true,
    description: 'Hands-on Valkey challenges, graded by keyspace-grader.',
    engines,
    scripts: {
      test: 'vitest run',
      grade: 'keyspace-grader grade',
      watch: 'keyspace-grader watch',
      hint: 'keyspace-grader hint',
      list: 'keyspace-grader list',
      doctor: 'keyspace-grader doctor',
    },
    devDependencies: { 'keyspace-grader': version, vitest },
    // Both work as they are installed: npm is told so, and asks no learner to approve their install scripts.
    allowScripts: { esbuild: false, 'msgpackr-extract': false },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const VITEST_CONFIG = `import { keyspaceGrader } from 'keyspace-grader/vitest/plugin';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [keyspaceGrader()] });
`;

const CHALLENGES_TEST = `import { gradeChallenges } from 'keyspace-grader/vitest';

await gradeChallenges();
`;

const GITIGNORE = `node_modules/
__pycache__/
.venv/
*.log
${PROGRESS_NAME}
evidence.json
report.html
`;

const GITATTRIBUTES = `# Scripts with Windows line ends do not run in a shell.
* text=auto eol=lf
`;

function devcontainer(): string {
  const content = {
    name: 'Valkey challenges',
    build: { dockerfile: 'Dockerfile' },
    remoteUser: 'node',
    postCreateCommand: 'npm install',
    customizations: { vscode: { extensions: ['vitest.explorer'] } },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Debian 13 has Valkey 8.1, which some challenges need. */
const DOCKERFILE = `# Node, Bash and Python to write in, and a valkey-server for the grader to start: no Docker inside.
FROM node:22-trixie
RUN apt-get update \\
  && apt-get install -y --no-install-recommends valkey-server valkey-tools python3 python3-redis \\
  && rm -rf /var/lib/apt/lists/*
`;

/** `node` is the least version of it. */
function readme(missions: readonly MapMission[], node: string): string {
  const all = missions.flatMap(({ challenges }) => challenges);
  const example = all[0]?.id ?? 'sessions/cantina';
  return `# Valkey challenges

${count(all.length, 'challenge')}, ${describeTotals(all)}. Each asks you to do something with [Valkey](https://valkey.io), in commands or in a language of your choice, and is graded at once: your script runs against a server of its own, and you are told what was expected, what was found, and which line did it.

## Begin

You need [Node](https://nodejs.org) ${node} or later, and nothing else: the grader starts its server itself, with Docker where that runs, or else with a \`valkey-server\`, which it fetches on Debian and Ubuntu. In a codespace or a dev container all of it is there already.

\`\`\`sh
npm install
npm run doctor
npm test
\`\`\`

\`npm run doctor\` says whether your machine can grade, and what mends it where it cannot.

## Work on a challenge

1. Read its page, such as [challenges/${example}/README.md](challenges/${example}/README.md). All of them: [challenges/README.md](challenges/README.md).
2. Write your commands into \`challenges/${example}/solution.valkey\`, one a line. Or delete that file and write ${scriptNames()} in its place.
3. See how far you are:

| command | what it does |
| --- | --- |
| \`npm test\` | grades everything; \`npm test -- -t ${example}\` one challenge |
| \`npm run grade -- ${example}\` | grades one challenge, and shows all that was seen |
| \`npm run watch -- ${example}\` | grades it again whenever you save |
| \`npm run hint -- ${example}\` | gives the next hint |
| \`npm run list\` | shows what is solved, what is begun, and what comes next |

4. Commit and push. Every push is graded again, and the points are told there.

## What not to change

How you are graded is written in \`package.json\`, \`vitest.config.mjs\`, \`challenges.test.mjs\` and \`.github/\`. Leave them as they are: your teacher grades with files of their own.
`;
}
