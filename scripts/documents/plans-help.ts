import { commandsOfHelp } from './help.ts';
import { CTRL_C, QUEUE, TODOS_LEFT, WORKED } from './meanings.ts';
import type { Plan } from './plan.ts';
import {
  FEW_FIXTURES,
  REPOSITORIES,
  ROSTER,
  SCRIPT,
  SOLVED,
  SOLVED_IN_PLACE,
  submissionsAt,
} from './reader-files.ts';

const QUEUES = { 'valkey://queue.example:6379': QUEUE, 'valkey://queue:6379': QUEUE };
const LOCAL = '--engine local --sandbox process';
const NEW_CHALLENGES = `mkdir -p ../our-challenges/graders && keyspace-grader new music/jukebox --challenges ../our-challenges`;

/** Commands whose examples need something, or are run in a clone. */
const PREPARED: readonly Plan[] = [
  { document: 'keyspace-grader --help', setting: 'installed', prepare: SOLVED },
  {
    document: 'keyspace-grader grade --help',
    setting: 'installed',
    prepare: `${SOLVED}\n${SCRIPT}`,
    notes: [
      { command: 'keyspace-grader grade sessions/cantina my-session.sh', code: 1 },
      { command: 'keyspace-grader grade sessions --report html --report junit=junit.xml', code: 1 },
    ],
  },
  { document: 'keyspace-grader judge --help', setting: 'installed', prepare: SOLVED },
  {
    document: 'keyspace-grader verify --help',
    setting: 'clone',
    prepare: FEW_FIXTURES,
    notes: [{ command: 'keyspace-grader verify --challenges ../our-challenges', before: NEW_CHALLENGES }],
  },
  { document: 'keyspace-grader lint --help', setting: 'clone' },
  {
    document: 'keyspace-grader new --help',
    setting: 'clone',
    notes: [{ command: 'keyspace-grader lint sessions/jukebox', code: TODOS_LEFT }],
  },
  {
    document: 'keyspace-grader batch --help',
    setting: 'installed',
    prepare:
      submissionsAt('sessions-submissions/sessions') +
      submissionsAt('repos/valkey-2026') +
      ROSTER +
      REPOSITORIES,
    notes: [
      {
        command: 'keyspace-grader batch all --submissions repos --roster class.csv --out out',
        before: 'rm -r out',
      },
      {
        command: 'keyspace-grader batch all --clone list.txt --roster class.csv --out graded',
        before: 'rm -r graded',
      },
      {
        command: 'keyspace-grader batch all --clone list.txt --at submitted --out graded',
        before: 'rm -r graded',
      },
    ],
  },
  {
    document: 'keyspace-grader regrade --help',
    setting: 'installed',
    prepare: `${submissionsAt('repos/valkey')} keyspace-grader batch sessions --submissions repos --out graded ${LOCAL}`,
  },
  { document: 'keyspace-grader merge --help', setting: 'installed', prepare: submissionsAt('repos/valkey') },
  {
    document: 'keyspace-grader enqueue --help',
    setting: 'installed',
    prepare: `export KEYSPACE_GRADER_QUEUE=${QUEUE}\n${submissionsAt('repos/valkey')}`,
    notes: [{ command: 'keyspace-grader worker', until: WORKED }],
  },
  {
    document: 'keyspace-grader worker --help',
    setting: 'installed',
    prepare: `${submissionsAt('repos/valkey')}
keyspace-grader enqueue sessions --submissions repos --out graded --queue ${QUEUE}`,
    replace: QUEUES,
    notes: [{ command: 'keyspace-grader worker --queue valkey://queue.example:6379', until: WORKED }],
  },
  {
    document: 'keyspace-grader collect --help',
    setting: 'installed',
    prepare: `${submissionsAt('repos/valkey')}
keyspace-grader enqueue sessions --submissions repos --out graded --queue ${QUEUE}
keyspace-grader worker --once ${LOCAL} --queue ${QUEUE}`,
    replace: QUEUES,
  },
  {
    document: 'keyspace-grader watch --help',
    setting: 'installed',
    prepare: `${SOLVED_IN_PLACE}\n${SCRIPT}`,
    notes: [
      { command: 'keyspace-grader watch', until: /points/, code: CTRL_C },
      { command: 'keyspace-grader watch sessions/cantina', until: /points/, code: CTRL_C },
      {
        command: 'keyspace-grader watch sessions/cantina my-session.sh --engine local',
        until: /points/,
        code: CTRL_C,
      },
    ],
  },
  {
    document: 'keyspace-grader hint --help',
    setting: 'installed',
    prepare: SCRIPT.replace('my-session', 'solution'),
  },
  {
    document: 'keyspace-grader try --help',
    setting: 'installed',
    prepare: 'cp "$FIXTURES/sessions/cantina/pass/workshop.valkey" commands.valkey',
  },
];

/** How the examples that `--help` gives are run: where nothing else is said, as they stand there. */
export const HELP_PLANS: readonly Plan[] = [
  ...PREPARED,
  ...[...new Set(commandsOfHelp().map(({ document }) => document))]
    .filter((document) => !PREPARED.some((plan) => plan.document === document))
    .map((document): Plan => ({ document, setting: 'installed' })),
];
