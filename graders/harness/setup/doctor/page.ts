import stringWidth from 'fast-string-width';
import { packageVersion } from '../../base/project.ts';
import { list } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { type Colors, paint } from '../../base/text/styles.ts';
import { wrapText } from '../../base/text/wrap.ts';
import type { Examination, Examined } from './examine.ts';

const WIDTH = 80;
const MARKS = { fine: '✓', limited: '!', broken: '✗' } as const;

/** The examination as text for a terminal. A command is never broken: it is there to be copied. */
export function examinationPage({ possible, engines, findings }: Examination, style: Colors): string {
  const width = Math.max(...findings.map(({ title }) => stringWidth(title)));
  const verdict = possible
    ? `Grading is possible: with ${list(engines.map(engineName), 'or')}.`
    : `Grading is not possible here: ${toMend(findings)}.`;
  const heading = `${style.bold('This machine')} ${style.dim(`as keyspace-grader ${packageVersion()} sees it`)}`;
  const lines = [
    heading,
    '',
    ...findings.flatMap((finding) => block(finding, width, style)),
    '',
    ...paint(wrapText(verdict, WIDTH - 2), possible ? style.green : style.red),
  ];
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`;
}

function block({ title, status, found, remedy }: Examined, width: number, style: Colors): string[] {
  const color = { fine: style.green, limited: style.yellow, broken: style.red }[status];
  const lead = 2 + width + 2;
  const [first = '', ...rest] = wrapText(printable(found), WIDTH - 2 - lead);
  return [
    `${color(MARKS[status])} ${title.padEnd(width)}  ${first}`,
    ...rest.map((line) => ' '.repeat(lead) + line),
    ...(remedy === null ? [] : [`${' '.repeat(4)}${style.dim('→')} ${style.bold(printable(remedy))}`]),
  ];
}

function engineName(kind: 'docker' | 'local'): string {
  return kind === 'docker' ? 'Docker' : 'the local engine';
}

/** One engine is enough. */
function toMend(findings: readonly Examined[]): string {
  const broken = findings.filter(({ status }) => status === 'broken');
  const either = ['docker', 'valkey-server'].every((id) => broken.some((finding) => finding.id === id));
  return `mend what is marked ✗${either ? ' (one of Docker and valkey-server will do)' : ''}`;
}
