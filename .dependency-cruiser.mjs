// What may import what: `npm run check:architecture`. An import that is not foreseen here is an error; where a
// new one is right, it is written down here first.
const HARNESS = 'graders/harness';

/** All modules under these folders of the harness. */
const under = (...folders) => folders.map((folder) => `^${HARNESS}/${folder}/`);
/** These modules of the harness, by their names without `.ts`. */
const modules = (...names) => names.map((name) => `^${HARNESS}/${name}[.]ts$`);

/** What is for this repository and not shipped. */
const OF_THE_REPOSITORY = under('bench', 'reference');
const TESTS = ['[.]test[.]ts$', ...under('testing', 'documents'), '^vitest[.]config[.]ts$'];
const NOT_SHIPPED = [...TESTS, ...OF_THE_REPOSITORY];

/** The modules of evidence/ that talk to a server while a script runs. */
const COLLECTING = [
  ...['collect', 'grader-session', 'snapshot', 'read-keys', 'denied-commands', 'server-end'],
  ...['client', 'trace-recorder', 'message-recorder', 'script-calls'],
];

/**
 * The layers, each after those that it stands on: it may import these, what these stand on, and itself. A module
 * belongs to the first layer that names it. Evidence is collected by one side and judged by the other; neither
 * knows the other, and what passes between them is plain data.
 */
const LAYERS = [
  {
    name: 'base',
    is: [
      ...modules('errors', 'project', 'which', 'in-parallel', 'stdout', 'output-file', 'write-all'),
      ...modules('cleanup', 'scratch-folder', 'stray-processes', 'owner', 'evidence/bytes'),
      ...under('text', 'document'),
    ],
    on: [],
  },
  { name: 'submission', is: under('submission'), on: ['base'] },
  // Text as Valkey writes it, for both sides: talks to no server.
  { name: 'notation', is: modules('valkey/quoting', 'valkey/version', 'valkey/byte-sink'), on: ['base'] },
  // What is kept of a run, and what may be asked of it: data, and questions to data.
  {
    name: 'evidence',
    is: [`^${HARNESS}/evidence/(?!(?:${COLLECTING.join('|')})[.])`],
    on: ['notation'],
  },

  // Collects: talks to servers and runs scripts.
  { name: 'client', is: under('valkey'), on: ['notation'] },
  { name: 'engine', is: under('engine'), on: ['client'] },
  { name: 'script', is: under('script'), on: ['engine', 'submission', 'evidence'] },
  { name: 'collecting', is: under('evidence'), on: ['script'] },

  // Judges: evidence in, verdicts and their report out.
  { name: 'checks', is: under('checks'), on: ['evidence', 'notation'] },
  {
    name: 'graders',
    is: [...under('collection', 'grader', 'hints'), ...modules('custom-checks')],
    on: ['checks', 'submission'],
  },
  { name: 'report', is: under('report'), on: ['graders'] },

  // Brings both sides together.
  {
    name: 'grading',
    is: modules('testbed', 'grade', 'grade-challenges', 'write-reports'),
    on: ['collecting', 'report'],
  },

  // What is made of grading, each for itself.
  { name: 'batch', is: under('batch'), on: ['grading'] },
  { name: 'doctor', is: under('doctor'), on: ['grading'] },
  { name: 'try', is: under('try'), on: ['grading'] },
  { name: 'fixtures', is: under('fixtures'), on: ['grading'] },
  { name: 'mutation', is: under('mutation'), on: ['fixtures'] },
  { name: 'missions', is: under('missions'), on: ['graders'] },
  { name: 'authoring', is: under('authoring'), on: ['grading', 'missions'] },
  { name: 'init', is: under('init'), on: ['missions'] },
  { name: 'watch', is: under('watch'), on: ['grading', 'missions'] },
  { name: 'reference', is: under('reference'), on: ['batch'] },

  // The ways in.
  { name: 'action', is: under('action'), on: ['grading'] },
  { name: 'vitest', is: under('vitest'), on: ['grading'] },
  {
    name: 'cli',
    is: under('cli'),
    on: ['batch', 'doctor', 'try', 'mutation', 'authoring', 'init', 'watch'],
  },
  { name: 'bench', is: under('bench'), on: ['fixtures'] },
];

/** Where each package may be imported, beside tests, and why there. One that is not named here is imported nowhere. */
const PACKAGES = {
  '@actions/core': [under('action'), 'it speaks to GitHub Actions'],
  ajv: [under('document'), 'it takes long to load: the bundle has its validators compiled beforehand'],
  'ajv-formats': [under('document'), 'it belongs to ajv'],
  bullmq: [under('batch/queue'), 'it takes long to load, and only a queue needs it'],
  'cli-progress': [under('batch'), 'only a batch shows progress'],
  commander: [under('cli'), 'only the command line has options'],
  'csv-parse': [under('batch/sources'), 'only lists of submissions are CSV'],
  'csv-stringify': [under('batch/exports'), 'only gradebooks are CSV'],
  'fast-string-width': [under('text', 'report', 'watch', 'cli'), 'these lay out text for terminals'],
  'fast-wrap-ansi': [under('text', 'watch'), 'these lay out text for terminals'],
  'html-escaper': [under('report/formats/html'), 'all HTML is made by what stands there'],
  iovalkey: [
    [...modules('evidence/client', 'evidence/grader-session'), ...under('batch/queue')],
    "it is a client of Valkey's, and those who judge have none",
  ],
  picocolors: [under('text'), 'colours are named in one place'],
  'tar-stream': [under('batch/queue'), 'only what a queue carries is packed'],
  testcontainers: [under('engine/docker'), 'it takes long to load, and the local engine does without'],
  tinyexec: [
    [...under('engine', 'script', 'doctor', 'action'), ...modules('scratch-folder', 'write-reports')],
    'it starts programs: no judge does',
  ],
  tsx: [modules('grader/load'), "it takes long to load, and only a collection's own checks need it"],
  vitest: [under('vitest'), 'only those who test with it have it'],
  xmlbuilder2: [under('report/formats'), 'only JUnit is XML'],
  yaml: [under('document', 'report/formats'), 'documents are read in one place; others write it'],
};

/** What scripts/build.mjs leaves to node_modules. All else is bundled, and so is a tool of this repository. */
const OUTSIDE_THE_BUNDLE = ['bullmq', 'iovalkey', 'tsx'];

const layerOf = (name) => LAYERS.find((layer) => layer.name === name);
/** All that a layer stands on, and itself. */
const reach = (name) => [name, ...layerOf(name).on.flatMap(reach)];

const layerRules = LAYERS.map(({ name, is, on }, index) => ({
  name: `${name}-on-its-layers`,
  comment: `${name} stands on ${on.join(' and ') || 'nothing'}, and on what these stand on.`,
  severity: 'error',
  from: { path: is, pathNot: [...LAYERS.slice(0, index).flatMap((layer) => layer.is), ...TESTS] },
  to: { path: `^${HARNESS}/`, pathNot: [...reach(name).flatMap((other) => layerOf(other).is), ...TESTS] },
}));

const packageRules = Object.entries(PACKAGES).map(([name, [at, why]]) => ({
  name: `${name}-in-its-place`,
  comment: `${name} is imported only where it has its place: ${why}.`,
  severity: 'error',
  from: { path: `^${HARNESS}/`, pathNot: [...at, ...NOT_SHIPPED] },
  to: { path: packagePath(name) },
}));

function packagePath(...names) {
  return `node_modules/(?:${names.join('|')})/`;
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    ...packageRules,
    {
      name: 'in-a-layer',
      comment: 'Every module of the harness belongs to a layer: name its folder in one.',
      severity: 'error',
      from: { path: `^${HARNESS}/`, pathNot: [...LAYERS.flatMap(({ is }) => is), ...TESTS] },
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
      from: { path: under('checks', 'report'), pathNot: TESTS },
      to: {
        path: '^(?:node:)?(?:fs|net|tls|http|https|http2|dgram|dns|child_process|worker_threads|os)(?:/|$)',
      },
    },
    {
      name: 'no-test-code',
      comment: 'What is shipped imports no test and no helper of tests.',
      severity: 'error',
      from: { path: ['^graders/', '^scripts/', '^bin/'], pathNot: NOT_SHIPPED },
      to: { path: [...TESTS, '^fixtures/'] },
    },
    {
      name: 'no-dev-dependency',
      comment:
        'What the bundle leaves outside is installed with it: dependencies, and vitest, which its users bring.',
      severity: 'error',
      from: { path: '^graders/', pathNot: NOT_SHIPPED },
      to: { path: packagePath(...OUTSIDE_THE_BUNDLE), dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'package-has-a-place',
      comment: 'A package that the harness imports has its place in PACKAGES, and a reason.',
      severity: 'error',
      from: { path: `^${HARNESS}/`, pathNot: NOT_SHIPPED },
      to: { path: 'node_modules/', pathNot: packagePath(...Object.keys(PACKAGES), '@types') },
    },
    {
      name: 'checks-of-challenges',
      comment:
        "A challenge's own checks import what every author may import: keyspace-grader/checks, in this repository custom-checks.ts.",
      severity: 'error',
      from: { path: '^graders/.*[.]checks[.]ts$' },
      to: { pathNot: ['[.]checks[.]ts$', ...modules('custom-checks')] },
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
