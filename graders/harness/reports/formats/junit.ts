import { create, fragment } from 'xmlbuilder2';
import { count } from '../../base/text/count.ts';
import { printable, printableLines } from '../../base/text/printable.ts';
import { sumOf } from '../../judging/points.ts';
import { failureText } from '../../judging/report/failure-details.ts';
import { lineOf } from '../../judging/report/line-of.ts';
import { remarksOn } from '../../judging/report/remarks.ts';
import type { CheckReport, Report } from '../../judging/report/report.ts';
import { pathInRepository } from '../script-path.ts';
import type { ReportFormat } from './format.ts';

/**
 * JUnit's XML as Jenkins, GitLab and dorny/test-reporter read it: a suite for each challenge, a case for each
 * check. `failure` is the learner's, `error` is ours; what was not begun or cannot be graded is skipped.
 */
export const junitFormat: ReportFormat = {
  files: (submissions, path, { now, root }) => [
    {
      path,
      content: junitXml(
        submissions.map(({ report, script }) =>
          suiteOf(report, now, namesOf(report), pathInRepository(script, root)),
        ),
      ),
    },
  ],
};

/** A case as the XML builder takes it: names with `@` are attributes. */
interface Case {
  '@name': string;
  '@classname': string;
  '@time': string;
  /** The learner's script, from the root of the repository; not there where that is not known. */
  '@file'?: string;
  /** The line that did it. */
  '@line'?: string;
  failure?: Verdict;
  error?: Verdict;
  skipped?: { '@message': string };
}
type Verdict = { '@type': string; '@message': string; '#': string };

/** A suite as the XML builder takes it. */
interface Suite {
  '@name': string;
  '@tests': string;
  '@failures': string;
  '@errors': string;
  '@skipped': string;
  '@time': string;
  '@timestamp': string;
  properties: { property: { '@name': string; '@value': string }[] };
  testcase: Case[];
  'system-out'?: string;
}

/** What a suite and the class of its cases are called. */
export interface SuiteNames {
  name: string;
  /** A tree to some readers. Others look for a file of the last one's name where a case names none. */
  classname: readonly string[];
}

/** The names of the suite of one challenge. */
function namesOf({ challenge: { id, title } }: Report): SuiteNames {
  return { name: id, classname: [...id.split('/').slice(0, -1), title] };
}

/** A JUnit document of suites. */
export function junitXml(suites: readonly Suite[]): string {
  return [...junitParts(() => suites)].join('');
}

/**
 * A JUnit document in parts; `suites` gives them twice, for their sums and for themselves, so that one is in memory at
 * a time.
 */
export function* junitParts(suites: () => Iterable<Suite>): Generator<string> {
  const sums = { '@tests': 0, '@failures': 0, '@errors': 0, '@time': 0 };
  const names = Object.keys(sums) as (keyof typeof sums)[];
  let isEmpty = true;
  for (const suite of suites()) {
    isEmpty = false;
    for (const name of names) sums[name] = sumOf([sums[name], Number(suite[name])]);
  }
  const all = {
    '@name': 'keyspace-grader',
    '@tests': String(sums['@tests']),
    '@failures': String(sums['@failures']),
    '@errors': String(sums['@errors']),
    '@time': time(sums['@time'] * 1000),
  };
  const empty = create({ version: '1.0', encoding: 'UTF-8' }, { testsuites: all }).end({ prettyPrint: true });
  yield isEmpty ? `${empty}\n` : `${empty.replace(/\/>$/, '>')}\n`;
  if (isEmpty) return;
  for (const testsuite of suites())
    yield `${fragment({ testsuite: withXmlTexts(testsuite) }).end({ prettyPrint: true, offset: 1 })}\n`;
  yield '</testsuites>\n';
}

/**
 * The suite as the builder is to get it, so that its texts stay what they are: the builder takes `&lt;` in them
 * for `<`, and leaves `&name;` and `&#1;` unescaped, which no reader of XML takes for text.
 */
function withXmlTexts(suite: Suite): Suite {
  const text = JSON.stringify(suite);
  if (!text.includes('&')) return suite;
  return JSON.parse(text, (_, value) =>
    typeof value === 'string' ? value.replaceAll('&', '&amp;amp;') : value,
  );
}

/** The suite of one report, named for its challenge unless said otherwise; `file` is the script's path, if known. */
export function suiteOf(
  report: Report,
  now: Date,
  names: SuiteNames = namesOf(report),
  file?: string,
): Suite {
  const { checks, elapsedMs, score, maxScore, status, submission } = report;
  const classname = classNameOf(names);
  const remarks = remarksOn(report);
  const place = file === undefined ? {} : { '@file': printable(file) };
  const placeOf = (check: CheckReport) => {
    const line = lineOf(check, report);
    return { ...place, ...(file !== undefined && line !== undefined && { '@line': String(line) }) };
  };
  const cases =
    checks.length > 0
      ? checks.map((check) => caseOf(check, { '@classname': classname, ...placeOf(check) }))
      : [ungradedCase(report, classname)];
  const facts = { status, score: score ?? '', 'max-score': maxScore, script: submission?.script ?? '' };
  return {
    '@name': printable(names.name),
    ...countsOf(cases),
    '@time': time(elapsedMs ?? 0),
    ...whenAndWhat(now, facts),
    testcase: cases,
    ...(remarks.length > 0 && { 'system-out': remarks.map(printableLines).join('\n') }),
  };
}

/** The suite of what has no report, with the reason: one case, skipped. */
export function unjudgedSuite(reason: string, now: Date, names: SuiteNames): Suite {
  const skipped = { '@message': printable(reason) };
  const cases = [{ '@name': 'graded', '@classname': classNameOf(names), '@time': time(0), skipped }];
  return {
    '@name': printable(names.name),
    ...countsOf(cases),
    '@time': time(0),
    ...whenAndWhat(now, { status: reason }),
    testcase: cases,
  };
}

function whenAndWhat(now: Date, facts: Record<string, string | number>) {
  return {
    '@timestamp': now.toISOString().slice(0, 19),
    properties: {
      property: Object.entries(facts).map(([name, value]) => ({ '@name': name, '@value': String(value) })),
    },
  };
}

/** Only dots between the names: one in a name would part it, and a slash would make it a path. */
function classNameOf({ classname }: SuiteNames): string {
  return classname.map((name) => printable(name).replaceAll(/[./\\]/g, '_')).join('.');
}

function countsOf(cases: readonly Case[]) {
  const having = (name: 'failure' | 'error' | 'skipped') =>
    String(cases.filter((one) => one[name] !== undefined).length);
  return {
    '@tests': String(cases.length),
    '@failures': having('failure'),
    '@errors': having('error'),
    '@skipped': having('skipped'),
  };
}

function caseOf(check: CheckReport, place: Pick<Case, '@classname' | '@file' | '@line'>): Case {
  const { failure, status, score, maxScore, title } = check;
  const base = { '@name': printable(title), '@time': time(0), ...place };
  if (failure === null) return base;
  const message = printable(failure.actual.split('\n')[0] ?? '');
  if (status === 'skipped') return { ...base, skipped: { '@message': message } };
  const points = `${score} of ${count(maxScore, 'point')}`;
  const verdict = { '@type': status, '@message': message, '#': `${failureText(check)}\n${points}` };
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
