// What may import what: `npm run check:architecture`. An import that is not foreseen here is an error; where a
// new one is right, it is written down here first.
const HARNESS = 'graders/harness';

/**
 * Which folders of the harness a folder may import, beside itself. A folder within one that is listed belongs
 * to it unless it has a line of its own. From the bottom up: evidence is recorded by `recording`, judged by
 * `judging`, and what passes between them is plain data.
 */
const MAY_IMPORT = {
  base: [],
  'valkey/notation': ['base'],
  'valkey/client': ['base', 'valkey/notation'],
  'valkey/cli': ['base', 'valkey/notation', 'valkey/client'],
  evidence: ['base', 'valkey/notation'],

  // Collects: talks to servers and runs scripts.
  'recording/submission': ['base'],
  'recording/engine': ['base', 'valkey/notation', 'valkey/client', 'evidence'],
  'recording/script': [
    ...['base', 'valkey/notation', 'valkey/client', 'evidence', 'recording/submission', 'recording/engine'],
  ],
  'recording/observe': ['base', 'valkey', 'evidence', 'recording'],
  'recording/replay': ['base', 'valkey', 'evidence', 'recording'],

  // Judges: evidence in, verdicts and their reports out.
  judging: ['base', 'valkey/notation', 'evidence'],
  challenges: ['base', 'valkey/notation', 'evidence', 'recording/submission', 'judging'],
  reports: ['base', 'valkey/notation', 'evidence', 'recording/submission', 'judging', 'challenges'],

  // Brings both sides together, and what is made of that.
  grading: ['base', 'evidence', 'recording', 'judging', 'challenges', 'reports'],
  batch: ['base', 'evidence', 'recording', 'judging', 'challenges', 'reports', 'grading'],
  'batch/queue': ['base', 'evidence', 'recording', 'judging', 'challenges', 'grading', 'batch'],
  authoring: ['base', 'valkey', 'evidence', 'recording', 'judging', 'challenges', 'grading'],
  learning: ['base', 'valkey', 'evidence', 'recording', 'judging', 'challenges', 'reports', 'grading'],
  // What a learner has solved: the ways in show it, beside `learning` itself.
  'learning/progress': ['base', 'recording/submission', 'recording/script', 'judging', 'challenges'],
  setup: ['base', 'valkey', 'evidence', 'recording', 'challenges', 'grading'],

  // The ways in.
  api: [
    ...['base', 'valkey/notation', 'evidence', 'recording', 'judging', 'challenges', 'reports', 'grading'],
    'learning/progress',
  ],
  action: ['base', 'evidence', 'recording', 'judging', 'challenges', 'reports', 'grading'],
  cli: [
    ...['base', 'evidence', 'recording', 'judging', 'challenges', 'reports', 'grading'],
    ...['batch', 'authoring', 'learning', 'setup'],
  ],
};

/** All modules under a folder of the harness, and what is no test. */
const under = (folder) => `^${HARNESS}/${folder}/`;
const TESTS = ['[.]test[.]ts$', under('testing'), '^scripts/documents/', '^vitest[.]config[.]ts$'];

/**
 * Which folders may import a package, beside tests, and why those. One that is not listed is imported nowhere.
 */
const PACKAGES = {
  '@actions/core': [['action'], 'it speaks to GitHub Actions'],
  ajv: [['base/document'], 'it takes long to load: the bundle has its validators compiled beforehand'],
  'ajv-formats': [['base/document'], 'it belongs to ajv'],
  bullmq: [['batch/queue'], 'it takes long to load, and only a queue needs it'],
  'cli-progress': [['batch'], 'only a batch shows progress'],
  '@commander-js/extra-typings': [['cli'], 'commander, with types: only the command line has options'],
  'csv-parse': [['batch/sources'], 'only lists of submissions are CSV'],
  'csv-stringify': [['batch/exports'], 'only gradebooks are CSV'],
  esbuild: [
    ['reports/formats/html'],
    'it bundles what goes into pages, for those who run from source: our bundles have the texts',
  ],
  'fast-string-width': [
    ['base/text', 'reports', 'learning/watch', 'setup/doctor'],
    'these lay out text for terminals',
  ],
  'fast-wrap-ansi': [['base/text', 'learning/watch'], 'these lay out text for terminals'],
  'html-escaper': [['reports/formats/html'], 'all HTML is made by what is in there'],
  iovalkey: [['recording/observe', 'batch/queue'], "it is Valkey's client, and those who judge have none"],
  picocolors: [['base/text'], 'colours are named in one place'],
  'tar-stream': [['batch/queue'], 'only what a queue carries is packed'],
  testcontainers: [['recording/engine/docker'], 'it takes long to load, and the local engine does without'],
  tsx: [['challenges/grader'], "it takes long to load, and only a collection's own checks need it"],
  typebox: [
    [
      'base/document',
      'evidence',
      'judging',
      'challenges',
      'batch',
      'authoring/mutation',
      'learning/progress',
    ],
    'documents are defined with it: what runs imports their types alone',
  ],
  vitest: [['api/vitest'], 'only those who test with it have it'],
  'xml-js': [['reports/formats/contracts'], 'only tests read XML, as a reader of ours does'],
  xmlbuilder2: [['reports/formats'], 'only JUnit is XML'],
  yaml: [['base/document', 'reports/formats'], 'documents are read in one place; others write it'],
};

/** What scripts/build.mjs leaves to node_modules. All else is bundled, and so is a tool of this repository. */
const OUTSIDE_THE_BUNDLE = ['bullmq', 'iovalkey', 'tsx'];

/** Modules that start processes. */
const STARTERS = [
  'base/run-program',
  'base/kill-group',
  'base/owner',
  'base/scratch-root',
  'grading/process/pool',
  'learning/try/real-client',
  'recording/engine/local/engine',
  'recording/script/run-process',
];

const FOLDERS = Object.keys(MAY_IMPORT);

const folderRules = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `${folder}-imports`,
  comment: `${folder} may import ${others.join(', ') || 'nothing'}, and itself: see MAY_IMPORT.`,
  severity: 'error',
  from: {
    path: under(folder),
    pathNot: [...FOLDERS.filter((other) => other.startsWith(`${folder}/`)).map(under), ...TESTS],
  },
  to: { path: `^${HARNESS}/`, pathNot: [...[folder, ...others].map(under), ...TESTS] },
}));

const packageRules = Object.entries(PACKAGES).map(([name, [folders, why]]) => ({
  name: `${name}-in-its-place`,
  comment: `${name} is imported only in ${folders.join(', ')}: ${why}.`,
  severity: 'error',
  from: { path: `^${HARNESS}/`, pathNot: [...folders.map(under), ...TESTS] },
  to: { path: packagePath(name) },
}));

function packagePath(...names) {
  return `node_modules/(?:${names.join('|')})/`;
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...folderRules,
    ...packageRules,
    {
      name: 'in-a-folder',
      comment: 'Every module of the harness is in a folder that MAY_IMPORT lists.',
      severity: 'error',
      from: { path: `^${HARNESS}/`, pathNot: [...FOLDERS.map(under), ...TESTS] },
      to: {},
    },
    {
      name: 'no-circle',
      comment:
        'Modules that import each other in a circle, be it for types alone, cannot be understood one by one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'judging-is-pure',
      comment: 'Checks and reports are functions of their arguments: they read no file and reach no machine.',
      severity: 'error',
      from: { path: ['judging', 'reports'].map(under), pathNot: TESTS },
      to: {
        path: '^(?:node:)?(?:fs|net|tls|http|https|http2|dgram|dns|child_process|worker_threads|os)(?:/|$)',
      },
    },
    {
      name: 'programs-in-one-place',
      comment:
        "Programs are run by base/run-program.ts, which takes none that lies in a learner's way. The others start one by its path.",
      severity: 'error',
      from: {
        path: `^${HARNESS}/`,
        pathNot: [...STARTERS.map((file) => `^${HARNESS}/${file}[.]ts$`), ...TESTS],
      },
      to: { path: '^(?:node:)?child_process$|node_modules/tinyexec/' },
    },
    {
      name: 'browser-code-alone',
      comment: 'What runs in a browser has nothing but what runs in a browser.',
      severity: 'error',
      from: { path: '/browser/' },
      to: { pathNot: '/browser/' },
    },
    {
      name: 'browser-code-in-browsers',
      comment: 'Of what runs in a browser, all else knows types alone: it goes into pages as text.',
      severity: 'error',
      from: { pathNot: '/browser/' },
      to: { path: '/browser/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code',
      comment: 'What is shipped imports no test and no helper of tests.',
      severity: 'error',
      from: { path: ['^graders/', '^bin/'], pathNot: TESTS },
      to: { path: [...TESTS, '^fixtures/'] },
    },
    {
      name: 'no-dev-dependency',
      comment:
        'What the bundle leaves outside is installed with it: dependencies, and vitest, which its users bring.',
      severity: 'error',
      from: { path: '^graders/', pathNot: TESTS },
      to: { path: packagePath(...OUTSIDE_THE_BUNDLE), dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'package-has-a-place',
      comment: 'A package that the harness imports has its place in PACKAGES, and a reason.',
      severity: 'error',
      from: { path: `^${HARNESS}/`, pathNot: TESTS },
      to: { path: 'node_modules/', pathNot: packagePath(...Object.keys(PACKAGES), '@types') },
    },
    {
      name: 'checks-of-challenges',
      comment:
        "A challenge's own checks import what every author may import: keyspace-grader/checks, in this repository custom-checks.ts.",
      severity: 'error',
      from: { path: '^graders/.*[.]checks[.]ts$' },
      to: { pathNot: ['[.]checks[.]ts$', `^${HARNESS}/api/custom-checks[.]ts$`] },
    },
    {
      name: 'queue-when-asked-for',
      comment: 'A queue brings BullMQ with it: only the commands that use one load it, when they run.',
      severity: 'error',
      from: { path: `^${HARNESS}/`, pathNot: [under('batch/queue'), ...TESTS] },
      to: { path: under('batch/queue'), dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'scripts-of-the-repository',
      comment: 'scripts/ is for this repository: the package does without.',
      severity: 'error',
      from: { path: ['^graders/', '^bin/'], pathNot: TESTS },
      to: { path: '^scripts/' },
    },
    {
      name: 'resolvable',
      comment: 'It leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    doNotFollow: { path: 'node_modules' },
  },
};
