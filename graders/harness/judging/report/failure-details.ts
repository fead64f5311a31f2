import { printable, printableLines } from '../../base/text/printable.ts';
import type { CheckReport, FailureReport } from './report.ts';

/** A part of why a check did not pass, safe to print: what it is, its label, and its text. */
export interface DetailRow {
  kind: 'run' | 'expected' | 'found' | 'difference' | 'command' | 'effect' | 'hint' | 'skipped';
  /** `expected`, `line 12`, `hint 1/3`; empty for what goes on with the row before. */
  label: string;
  text: string;
}

/** Why a check did not pass, row by row in the order of reports; nothing for one that passed. */
export function failureDetails({ status, failure, variant }: CheckReport): DetailRow[] {
  if (failure === null) return [];
  if (status === 'skipped')
    return [{ kind: 'skipped', label: 'skipped', text: printableLines(failure.actual) }];
  const { actual, difference, commands, hint } = failure;
  const row = (kind: DetailRow['kind'], label: string, text: string | null): DetailRow[] =>
    text === null ? [] : [{ kind, label, text: printableLines(text) }];
  return [
    ...row('run', 'run', variant && `again with other data: ${variant.title}`),
    ...row('expected', 'expected', shownExpectation(failure)),
    ...row('found', 'found', actual),
    ...row('difference', 'differs', difference),
    ...commands.flatMap(commandRows),
    ...row('hint', hintLabel(failure), hint),
  ];
}

/** What learners are shown of what was expected; null for nothing. */
export function shownExpectation({ expected, expectedBeforeHints }: FailureReport): string | null {
  return expectedBeforeHints === undefined ? expected : expectedBeforeHints;
}

/** A check of which a hint was taken after it was judged: nothing is kept back any more. */
export function withHintTaken(check: CheckReport): CheckReport {
  if (check.failure?.expectedBeforeHints === undefined) return check;
  const { expectedBeforeHints: _, ...failure } = check.failure;
  return { ...check, failure };
}

function commandRows({ line, command, effect }: FailureReport['commands'][number]): DetailRow[] {
  const label = line === null ? 'ran' : `line ${line}`;
  return [
    { kind: 'command', label, text: printable(command) },
    ...(effect === null ? [] : [{ kind: 'effect' as const, label: '', text: printable(effect) }]),
  ];
}

function hintLabel({ hints }: FailureReport): string {
  return hints > 1 ? `hint 1/${hints}` : 'hint';
}

/** Hints that were given, the first of which is the one of that number, out of `total`. */
export function hintRows(hints: readonly string[], first: number, total: number): DetailRow[] {
  return hints.map((hint, index) => ({
    kind: 'hint',
    label: total > 1 ? `hint ${first + index}/${total}` : 'hint',
    text: printableLines(hint),
  }));
}

/** The details as plain text, a labelled line or more for each part, without a last line feed. */
export function failureText(check: CheckReport): string {
  return failureDetails(check)
    .map(({ kind, label, text }) => {
      const lead = kind === 'effect' ? '  → ' : `${label}: `;
      return lead + text.replaceAll('\n', `\n${' '.repeat(lead.length)}`);
    })
    .join('\n');
}
