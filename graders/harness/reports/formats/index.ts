import type { ReportFormat } from './format.ts';

export interface KnownFormat {
  /** Where it is written unless a file is named. */
  file: string;
  /** The name of another file that it writes, beside that one. */
  beside?: string;
  /** What documents tell of it, in Markdown. */
  told: {
    /** Who reads it. Links are seen from the root. */
    for: string;
    /** What becomes of several challenges in one file. */
    several: string;
    /** How it tells a fault of ours. */
    fault: string;
  };
  /** True where the reader takes every exit code but 0 for a fault of the grader. */
  readsExitCode?: true;
  load(): Promise<ReportFormat>;
}

/** Every format of `--report`, by name: loaded when it is asked for. */
export const REPORT_FORMATS = byName({
  html: {
    file: 'report.html',
    told: {
      for: "people: one page with the checks and their story, the commands as a timeline, the keyspace before and after, the output; it loads nothing and runs nothing of a learner's",
      several: 'one page with all',
      fault: 'told at its challenge',
    },
    load: async () => (await import('./html.ts')).htmlFormat,
  },
  markdown: {
    file: 'report.md',
    told: {
      for: 'job summaries, releases, comments on GitHub',
      several: 'one page with all',
      fault: 'told at its challenge',
    },
    load: async () => (await import('./markdown.ts')).markdownFormat,
  },
  json: {
    file: 'report.json',
    told: {
      for: 'programs ([schema](graders/report.schema.json)); the same as `--json`',
      several: 'a list of reports; of one challenge, the report itself',
      fault: 'status `error`, score `null`',
    },
    load: async () => (await import('./json.ts')).jsonFormat,
  },
  junit: {
    file: 'junit.xml',
    told: {
      for: "Jenkins, GitLab, dorny/test-reporter, mikepenz/action-junit-report: `failure` is the learner's, `error` is ours",
      several: 'a `testsuite` for each, a `testcase` for each check',
      fault: "`error`; the learner's are `failure`",
    },
    load: async () => (await import('./junit.ts')).junitFormat,
  },
  tap: {
    file: 'report.tap',
    told: {
      for: 'the Test Anything Protocol, version 14',
      several: 'a subtest for each',
      fault: '`Bail out!`',
    },
    load: async () => (await import('./tap.ts')).tapFormat,
  },
  classroom: {
    file: 'classroom.json',
    told: {
      for: '`classroom-resources/autograding-grading-reporter`',
      several: 'one list of tests',
      fault: '`max_score` 0: the job fails, and no points are sent',
    },
    load: async () => (await import('./classroom.ts')).classroomFormat,
  },
  classroom50: {
    file: 'result.json',
    beside: 'release-body.md',
    told: {
      for: 'Classroom 50; exit code 0 once grading ran to its end',
      several: 'one list of tests',
      fault: 'no file; the exit code tells',
    },
    readsExitCode: true,
    load: async () => (await import('./classroom50.ts')).classroom50Format,
  },
  gradescope: {
    file: 'results.json',
    told: {
      for: 'Gradescope',
      several: 'tests numbered `1.1`, `1.2` …',
      fault: 'a test without points; no score if nothing was graded',
    },
    load: async () => (await import('./gradescope.ts')).gradescopeFormat,
  },
});
export type ReportFormatName = keyof typeof REPORT_FORMATS;

function byName<Name extends string>(formats: Readonly<Record<Name, KnownFormat>>) {
  return formats;
}
