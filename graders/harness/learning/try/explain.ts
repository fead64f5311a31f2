import { count } from '../../base/text/count.ts';
import { printableLines } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import { wrapText } from '../../base/text/wrap.ts';
import type { CheckReport, Report } from '../../judging/report/report.ts';
import { checkBlock } from '../../reports/console.ts';

/** Columns of a line below a check. */
const WIDTH = 76;
/** Checks of which it is told that something else is found now; the others are counted. */
const LIMIT = 3;
/** Lines that are shown of what is found. */
const FINDING_LINES = 3;

/** What a command changed: checks that pass now, that pass no more, and that find something else because of it. */
export interface Changes {
  passed: readonly CheckReport[];
  lost: readonly CheckReport[];
  moved: readonly CheckReport[];
}

/** Compares what was judged before a command and after it; `line` is the number of the command. */
export function changesBetween(before: Report, after: Report, line: number): Changes {
  const earlier = new Map(before.checks.map((check) => [check.id, check]));
  const was = ({ id }: CheckReport) => earlier.get(id);
  return {
    passed: after.checks.filter((check) => check.status === 'passed' && was(check)?.status !== 'passed'),
    lost: after.checks.filter((check) => check.status !== 'passed' && was(check)?.status === 'passed'),
    moved: after.checks.filter((check) => {
      const old = was(check);
      // That it is still not the command which is asked for, nobody needs to be told.
      const isNamed = check.failure?.commands.some((command) => command.line === line);
      const both = check.status === 'failed' && old?.status === 'failed';
      return both && isNamed && findingOf(check) !== findingOf(old);
    }),
  };
}

/** What is found, but for the seconds that pass by themselves. */
function findingOf({ failure }: CheckReport): string {
  return (failure?.actual ?? '').replace(/(?<!\d)\d+(?:\.\d+)? (?=m?s\b)/g, '');
}

/** What a command changed, as lines for a terminal. */
export function changeLines({ passed, lost, moved }: Changes, after: Report, style: Colors): string[] {
  if (passed.length + lost.length + moved.length === 0) return [style.dim('changes no check')];
  const finding = (check: CheckReport) => {
    const found = wrapText(`now found: ${printableLines(check.failure?.actual ?? '')}`, WIDTH, 2);
    return found.slice(0, FINDING_LINES).map((line) => `  ${style.dim(line)}`);
  };
  const heading = (check: CheckReport) => checkBlock({ ...check, failure: null }, style);
  const more = moved.length - LIMIT;
  return [
    ...passed.flatMap(heading),
    ...lost.flatMap((check) => [...heading(check), ...finding(check)]),
    ...moved.slice(0, LIMIT).flatMap((check) => [...heading(check), ...finding(check)]),
    ...(more > 0
      ? [style.dim(`  and ${count(more, 'more check')} ${more === 1 ? 'finds' : 'find'} something else`)]
      : []),
    ...(passed.length + lost.length > 0 ? [style.dim(pointsOf(after))] : []),
  ];
}

/** All checks, one below the other. */
export function allCheckLines(report: Report, style: Colors): string[] {
  return [
    ...report.checks.flatMap((check) => checkBlock({ ...check, failure: null }, style)),
    style.dim(pointsOf(report)),
  ];
}

function pointsOf({ score, maxScore, checks }: Report): string {
  const passed = checks.filter(({ status }) => status === 'passed').length;
  const points = score === null ? '' : `, ${score} of ${count(maxScore, 'point')}`;
  return `${passed} of ${count(checks.length, 'check')}${points}`;
}
