import type { GradedSubmission } from '../reports/formats/format.ts';
import { bytes, hash, hyperloglog, keyspace, list, makeEvidence, set, string, zset } from './evidence.ts';
import { check, failed, report } from './report.ts';

const VARIANT = { id: 'other-guest', title: 'Another guest comes in' };

/** A submission that passed, of a command file. */
export function passedSubmission(): GradedSubmission {
  return {
    report: report({ submission: { script: 'solution.valkey', language: 'command-file' } }),
    evidence: makeEvidence({
      name: 'solution.valkey',
      language: 'command-file',
      source: 'SET a 1\nGET a\n',
      commands: [
        { run: 'SET a 1', line: 1 },
        { run: 'GET a', line: 2 },
      ],
      after: { a: '1' },
      stdout: 'OK\n"1"\n',
      replies: [
        { line: 1, args: ['SET', 'a', '1'], reply: 'OK', error: false },
        { line: 2, args: ['GET', 'a'], reply: '"1"', error: false },
      ],
    }),
  };
}

/** A submission with a bit of everything: checks of every status but error, keys of every type, two runs. */
export function failedSubmission(): GradedSubmission {
  const evidence = makeEvidence({
    source: 'import valkey\n\nclient.hset("han", "credits", 9500)\nclient.delete("old")\n',
    before: keyspace({
      counter: '7',
      han: hash({ credits: '10000', table: 'booth_7' }, { ttl: 3600 }),
      old: string('gone', { ttl: 60 }),
      queue: list(['first', 'second', 'third']),
      untouched: set(['a', 'b']),
    }),
    after: keyspace(
      {
        big: list(['1', '2'], { size: 100_000 }),
        binary: string(bytes(0, 1, 0xfe, 0xff)),
        counter: string('8', { ttl: 60 }),
        han: hash({ credits: '9500', table: 'booth_7' }),
        queue: list(['second', 'third', 'fourth']),
        scores: zset({ luke: 99.5, wedge: 'inf' }),
        ships: hyperloglog(3),
        untouched: set(['a', 'b']),
      },
      { 3: { elsewhere: 'x' } },
    ),
    commands: [
      'HELLO 3',
      'HSET han credits 9500',
      { run: 'EVAL "return 1" 0', client: '127.0.0.1:50001' },
      { run: 'DEL old', lua: true },
      { run: 'SET elsewhere x', db: 3 },
      ...Array.from({ length: 20 }, (_, index) => `GET key:${index}`),
    ],
    denied: [{ command: 'config|set', count: 3 }],
    stdout: 'the marker of stdout\n',
    stderr: 'Traceback\n',
    process: { exitCode: 1 },
    variants: {
      [VARIANT.id]: {
        before: { guest: hash({ credits: '1' }) },
        after: { guest: hash({ credits: '2' }) },
        commands: ['HSET guest credits 2'],
        stdout: 'the marker of the other run\n',
      },
    },
  });
  const [main] = evidence.runs;
  if (main) main.messages = { entries: [{ channel: 'news', message: 'hello' }], cut: false };
  const checks = [
    check('key'),
    failed('ttl', {
      expected: 'a TTL of about 3600 s',
      actual: 'no TTL',
      difference: 'the TTL is gone',
      commands: [
        { line: 3, command: 'HSET han credits 9500', effect: 'set the field credits', index: 1 },
        { line: null, command: 'DEL old', effect: 'removed the key and its TTL', index: 3 },
      ],
      hint: 'What may have taken the TTL away again?',
      hints: 3,
    }),
    check('later', {
      status: 'skipped',
      score: 0,
      failure: {
        expected: null,
        actual: 'needs “ttl” first',
        difference: null,
        commands: [],
        hint: null,
        hints: 0,
      },
    }),
    failed(
      'others',
      {
        commands: [{ line: null, command: 'HSET guest credits 2', effect: null, index: 0 }],
        hint: 'Who is it?',
        hints: 1,
      },
      { variant: VARIANT },
    ),
  ];
  return { report: report({ checks, notes: ['Your script ended with exit code 1: Traceback'] }), evidence };
}

/** A submission of which a check failed to do its work. */
export function erroredSubmission(): GradedSubmission {
  const broken = failed(
    'broken',
    { expected: null, actual: 'the check itself failed: oh' },
    { status: 'error' },
  );
  return {
    report: report({
      checks: [check('one'), broken],
      status: 'error',
      score: null,
      fault: 'A check of this grader failed to do its work. That is not your fault: please report it.',
    }),
    evidence: makeEvidence(),
  };
}

/** A submission that was not run. */
export function unrunSubmission(status: 'error' | 'not started' | 'not gradable'): GradedSubmission {
  const score = status === 'not started' ? 0 : null;
  return {
    report: report({
      checks: [],
      status,
      score,
      maxScore: 20,
      submission: null,
      environment: null,
      elapsedMs: null,
      fault: 'There is no script for sessions/cantina in this folder.\nExpected a file solution.*',
    }),
    evidence: null,
  };
}

/** The same submission with another text wherever a learner, or what a learner started, may have had a say. */
export function withTexts(submission: GradedSubmission, text: string): GradedSubmission {
  return replaceTexts(submission, text) as GradedSubmission;
}

/** What no learner has a say in: words that the grader chooses from a list, and what holds a document together. */
const OURS = new Set([
  ...[
    'type',
    'status',
    'ended',
    'lost',
    'engine',
    'sandbox',
    'variant',
    'language',
    'expireAt',
    'base64',
    'source',
    'kind',
    'until',
  ],
]);

function replaceTexts(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, OURS.has(name) ? part : replaceTexts(part, text)]),
  );
}
