import type { ReportFormat } from './format.ts';

interface KnownFormat {
  /** Where it is written unless a file is named. */
  file: string;
  /** What it is for, in a few words. */
  purpose: string;
  /** True where the reader takes every exit code but 0 for a fault of the grader. */
  readsExitCode?: true;
  load(): Promise<ReportFormat>;
}

/** Every format of `--report`, by name: loaded when it is asked for. */
export const REPORT_FORMATS: Readonly<Record<string, KnownFormat>> = {
  json: {
    file: 'report.json',
    purpose: 'the whole report, for programs',
    load: async () => (await import('./json.ts')).jsonFormat,
  },
  markdown: {
    file: 'report.md',
    purpose: 'for GitHub: job summaries, releases, comments',
    load: async () => (await import('./markdown.ts')).markdownFormat,
  },
  junit: {
    file: 'junit.xml',
    purpose: 'for Jenkins, GitLab, dorny/test-reporter',
    load: async () => (await import('./junit.ts')).junitFormat,
  },
  tap: {
    file: 'report.tap',
    purpose: 'the Test Anything Protocol, version 14',
    load: async () => (await import('./tap.ts')).tapFormat,
  },
  classroom: {
    file: 'classroom.json',
    purpose: "for GitHub Classroom's autograding-grading-reporter",
    load: async () => (await import('./classroom.ts')).classroomFormat,
  },
  classroom50: {
    file: 'result.json',
    purpose: 'for Classroom 50: result.json and release-body.md',
    readsExitCode: true,
    load: async () => (await import('./classroom50.ts')).classroom50Format,
  },
  gradescope: {
    file: 'results.json',
    purpose: 'for Gradescope',
    load: async () => (await import('./gradescope.ts')).gradescopeFormat,
  },
  html: {
    file: 'report.html',
    purpose: 'one page to read: trace, keyspace, output and script too',
    load: async () => (await import('./html.ts')).htmlFormat,
  },
};
