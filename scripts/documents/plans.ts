import { CTRL_C, QUEUE, TODOS_LEFT, WORKED } from './meanings.ts';
import type { Plan } from './plan.ts';
import { HELP_PLANS } from './plans-help.ts';
import { FAST_NPM, REAL_NPM, ROSTER, SOLVED_IN_PLACE, submissionsAt } from './reader-files.ts';
import { TYPICAL_CHALLENGE } from './repetitions.ts';

const README: Plan = {
  document: 'README.md',
  setting: 'clone',
  notes: [
    {
      command: 'npm ci && npm run grade -- sessions/cantina fixtures/sessions/cantina/pass/workshop.valkey',
      before: REAL_NPM,
    },
    { command: 'npm run grade -- sessions/cantina', before: `${SOLVED_IN_PLACE}\n${FAST_NPM}` },
    {
      command: 'npm run grade -- sessions/cantina ~/my-session.sh',
      before: `printf 'valkey-cli PING\\n' > ~/my-session.sh`,
      code: 1,
    },
    { command: 'npx keyspace-grader watch sessions/cantina', until: /points/, code: CTRL_C },
    { command: 'npx keyspace-grader lint sessions/jukebox', code: TODOS_LEFT },
  ],
};

const AUTHORS: Plan[] = [
  {
    document: 'graders/README.md',
    setting: 'clone',
    notes: [{ command: 'keyspace-grader lint sessions/jukebox', code: TODOS_LEFT }],
  },
  {
    document: 'graders/README.md',
    under: 'Challenges of your own, in a repository of your own',
    setting: 'empty',
    // Of one small challenge.
    runs: ['npx keyspace-grader verify --mutate'],
    notes: [
      {
        command: 'npx keyspace-grader verify music/jukebox',
        occurrence: 2,
        before: `cp graders/music/jukebox.yaml .kept
sed "s/^    keys: .*/    keys: ['music:visitors']/" .kept > graders/music/jukebox.yaml`,
        code: 1,
      },
      {
        command: 'npx keyspace-grader lint music/jukebox',
        before: 'mv .kept graders/music/jukebox.yaml',
        code: TODOS_LEFT,
      },
      {
        command: 'npx keyspace-grader verify --update music/jukebox',
        before: 'echo INCRBY music:visitors 10 > fixtures/music/jukebox/fail/ten-at-once.valkey',
      },
      {
        command: 'npx keyspace-grader grade music/jukebox my-solution.py --challenges .',
        before: `printf 'print("nothing yet")\\n' > my-solution.py`,
        code: 1,
      },
      { command: 'npx keyspace-grader lint', code: TODOS_LEFT },
    ],
  },
];

const TEACHERS: Plan[] = [
  {
    document: 'docs/classroom.md',
    setting: 'installed',
    prepare: submissionsAt('sessions-submissions/sessions') + ROSTER,
  },
  {
    document: 'docs/scaling.md',
    under: 'Shards',
    setting: 'installed',
    prepare: submissionsAt('repos/valkey', 4),
    notes: [
      {
        command: 'keyspace-grader merge shard-1 shard-2 shard-3 shard-4 --out graded',
        before: `keyspace-grader batch sessions --submissions repos --out shard-3 --shard 3/4
keyspace-grader batch sessions --submissions repos --out shard-4 --shard 4/4`,
      },
    ],
  },
  {
    document: 'docs/scaling.md',
    setting: 'installed',
    prepare: submissionsAt('repos/valkey'),
    replace: {
      'valkey://:password@queue.example:6379': QUEUE,
      'valkey://:change-me@localhost:6379': QUEUE,
    },
    notes: [
      { command: 'keyspace-grader worker', until: WORKED },
      {
        command:
          'KEYSPACE_GRADER_QUEUE=valkey://:change-me@localhost:6379 keyspace-grader enqueue all --submissions repos --out graded',
        before: 'rm -r graded',
      },
    ],
  },
  { document: '.github/classroom/classroom50/README.md', setting: 'installed', prepare: SOLVED_IN_PLACE },
];

const REFERENCE: Plan[] = [
  { document: 'CONTRIBUTING.md', setting: 'clone' },
  { document: 'SECURITY.md', setting: 'installed' },
  { document: 'docs/troubleshooting.md', setting: 'installed' },
  { document: 'docs/evidence.md', setting: 'clone' },
  {
    document: 'docs/vitest.md',
    setting: 'installed',
    prepare: `${SOLVED_IN_PLACE}
printf "import { gradeChallenges } from 'keyspace-grader/vitest';\\nawait gradeChallenges();\\n" > keyspace.test.ts`,
  },
];

/** Each challenge says how it is graded, in the same words: a right submission of one is. */
const CHALLENGE: Plan = {
  document: `challenges/${TYPICAL_CHALLENGE}/README.md`,
  setting: 'clone',
  prepare: SOLVED_IN_PLACE,
};

export const PLANS: readonly Plan[] = [
  README,
  ...AUTHORS,
  ...TEACHERS,
  ...REFERENCE,
  CHALLENGE,
  ...HELP_PLANS,
];
