import { dirname } from 'node:path';
import type { Plugin } from 'vitest/config';
import type { Reporter, Vitest } from 'vitest/node';
import { workflowCommand } from '../../base/text/workflow-commands.ts';
import { annotationsOf } from '../../reports/annotations.ts';
import { repositoryRoot } from '../../reports/script-path.ts';
import { requireVitest } from './supported-vitest.ts';
import { totalText } from './total.ts';
import type { GradedChallenge } from './vitest-types.ts';

/** A learner's script, wherever it lies. */
const SOLUTION = /(?:^|\/)solution(?:\.[^/]*)?$/;

/**
 * The vitest plugin, for `plugins` in vitest.config: in watch mode a saved solution is graded again, and the
 * total of all challenges is printed at the very end.
 */
export function keyspaceGrader(): Plugin {
  let vitest: Vitest | undefined;
  /** The folders in which solutions were saved since the last run. */
  const saved = new Set<string>();
  return {
    name: 'keyspace-grader',
    config({ test = {} }) {
      // Vitest's own reporters stand in for a list that is not there, but not beside ours.
      const usual = process.env.GITHUB_ACTIONS === 'true' ? ['default', 'github-actions'] : ['default'];
      const testsToRun = (file: string) => {
        saved.add(dirname(file));
        return gradingFiles(vitest);
      };
      return {
        test: {
          provide: { keyspaceGrader: {} },
          reporters: [...(test.reporters === undefined ? usual : []), new TotalReporter()],
          watchTriggerPatterns: [{ pattern: SOLUTION, testsToRun }],
        },
      };
    },
    configureVitest(context) {
      requireVitest(context.vitest.version);
      vitest = context.vitest;
      context.vitest.onTestsRerun(() => {
        // Whoever runs tests again by a key wants all of them graded again.
        const kept = saved.size > 0 ? unchanged(context.vitest, saved) : {};
        context.project.provide('keyspaceGrader', kept);
        saved.clear();
      });
    },
  };
}

/** The test files that grade challenges; all of them, where none has come so far as to tell. */
function gradingFiles(vitest: Vitest | undefined): string[] {
  const files = vitest?.state.getFiles() ?? [];
  const grading = files.filter(({ meta }) => meta.keyspaceGrader !== undefined);
  return (grading.length > 0 ? grading : files).map(({ filepath }) => filepath);
}

/** What challenges came to whose scripts lie elsewhere, by test file; what could not be graded is tried again. */
function unchanged(vitest: Vitest, saved: ReadonlySet<string>): Record<string, GradedChallenge[]> {
  return Object.fromEntries(
    vitest.state
      .getFiles()
      .map(({ filepath, meta }) => [
        filepath,
        (meta.keyspaceGrader ?? []).filter(
          ({ script, report }) =>
            script !== null && !saved.has(dirname(script)) && ['passed', 'failed'].includes(report.status),
        ),
      ]),
  );
}

/** Has GitHub show failures at the lines of the scripts; titles name the challenge. */
function annotate(graded: readonly GradedChallenge[]): void {
  const submissions = graded.map(({ report, script }) => ({ report, ...(script !== null && { script }) }));
  for (const { file, startLine, title, message } of annotationsOf(
    submissions,
    repositoryRoot(process.env),
    true,
  )) {
    const properties = { file, line: String(startLine), title };
    process.stdout.write(`\n${workflowCommand('error', properties, message)}\n`);
  }
}

class TotalReporter implements Reporter {
  onTestRunEnd(modules: Parameters<NonNullable<Reporter['onTestRunEnd']>>[0]): void {
    const graded = modules.flatMap((module) => module.meta().keyspaceGrader ?? []);
    if (graded.length === 0) return;
    // Vitest's own annotates lines of modules that were run: a script is none.
    if (process.env.GITHUB_ACTIONS === 'true') annotate(graded);
    // Of several files the last that has solved something says it: one way leads on, not one for each file.
    const next = modules.map((module) => module.meta().keyspaceNext ?? '').findLast((text) => text !== '');
    process.stdout.write(`\n${totalText(graded.map(({ report }) => report))}${next ? `\n${next}` : ''}`);
  }
}
