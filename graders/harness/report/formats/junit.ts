import { create } from 'xmlbuilder2';
import { count } from '../../text/count.ts';
import { printable, printableLines } from '../../text/printable.ts';
import { type CheckReport, type Report, sumOf } from '../report.ts';
import { storyText } from '../story.ts';
import type { GradedSubmission, ReportContext, ReportFormat } from './format.ts';

/**
 * JUnit's XML as Jenkins, GitLab and dorny/test-reporter read it: a suite for each challenge, a case for each
 * check. `failure` is the learner's, `error` is ours; what was not begun or cannot be graded is skipped.
 */
export const junitFormat: ReportFormat = {
  files: (submissions, path, context) => [{ path, content: junitDocument(submissions, context) }],
};

/** A case as the XML builder takes it: names with `@` are attributes. */
interface Case {
  '@name': string;
  '@classname': string;
  '@time': string;
  failure?: Verdict;
  error?: Verdict;
  skipped?: { '@message': string };
}
type Verdict = { '@type': string; '@message': string; '#': string };

function junitDocument(submissions: readonly GradedSubmission[], { now }: ReportContext): string {
  const suites = submissions.map(({ report }) => suiteOf(report, now));
  const sum = (name: 'tests' | 'failures' | 'errors') =>
    String(suites.reduce((total, suite) => total + Number(suite[`@${name}`]), 0));
  const document = {
    testsuites: {
      '@name': 'keyspace-grader',
      '@tests': sum('tests'),
      '@failures': sum('failures'),
      '@errors': sum('errors'),
      '@time': time(sumOf(submissions.map(({ report }) => report.elapsedMs ?? 0))),
      testsuite: suites,
    },
  };
  return `${create({ version: '1.0', encoding: 'UTF-8' }, document).end({ prettyPrint: true })}\n`;
}

function suiteOf(report: Report, now: Date) {
  const { challenge, checks, elapsedMs, score, maxScore, status, submission } = report;
  const classname = printable(challenge.id).replaceAll('/', '.');
  const cases =
    checks.length > 0 ? checks.map((check) => caseOf(check, classname)) : [ungradedCase(report, classname)];
  const having = (name: 'failure' | 'error' | 'skipped') =>
    String(cases.filter((one) => one[name] !== undefined).length);
  const facts = { status, score: score ?? '', 'max-score': maxScore, script: submission?.script ?? '' };
  return {
    '@name': printable(challenge.id),
    '@tests': String(cases.length),
    '@failures': having('failure'),
    '@errors': having('error'),
    '@skipped': having('skipped'),
    '@time': time(elapsedMs ?? 0),
    '@timestamp': now.toISOString().slice(0, 19),
    properties: {
      property: Object.entries(facts).map(([name, value]) => ({ '@name': name, '@value': String(value) })),
    },
    testcase: cases,
    ...(report.notes.length > 0 && { 'system-out': report.notes.map(printableLines).join('\n') }),
  };
}

function caseOf(check: CheckReport, classname: string): Case {
  const { failure, status, score, maxScore, title } = check;
  const base = { '@name': printable(title), '@classname': classname, '@time': time(0) };
  if (failure === null) return base;
  const message = printable(failure.actual.split('\n')[0] ?? '');
  if (status === 'skipped') return { ...base, skipped: { '@message': message } };
  const points = `${score} of ${count(maxScore, 'point')}`;
  const verdict = { '@type': status, '@message': message, '#': `${storyText(check)}\n${points}` };
  return status === 'error' ? { ...base, error: verdict } : { ...base, failure: verdict };
}

/** What could not be graded is one case. */
function ungradedCase({ status, fault }: Report, classname: string): Case {
  const base = { '@name': 'graded', '@classname': classname, '@time': time(0) };
  const text = fault ?? status;
  const message = printable(text.split('\n')[0] ?? '');
  return status === 'error'
    ? { ...base, error: { '@type': 'infrastructure', '@message': message, '#': printableLines(text) } }
    : { ...base, skipped: { '@message': message } };
}

/** Seconds, from ms. */
function time(ms: number): string {
  return (ms / 1000).toFixed(3);
}
