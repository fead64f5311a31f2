import stringWidth from 'fast-string-width';
import { cleanUpOnSignals } from '../cleanup.ts';
import { type Examination, type Examined, examineMachine } from '../doctor/examine.ts';
import { ExitCode } from '../errors.ts';
import { packageVersion } from '../project.ts';
import { write } from '../stdout.ts';
import type { TestbedChoice } from '../testbed.ts';
import { list } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { type Colors, paint, styles, wantsColors } from '../text/styles.ts';
import { wrapText } from '../text/wrap.ts';

export interface DoctorOptions extends TestbedChoice {
  json?: boolean;
  color: boolean;
}

/** The version of the document that `doctor --json` prints. */
const DOCUMENT_VERSION = 1;
const WIDTH = 80;
const MARKS = { fine: '✓', limited: '!', broken: '✗' } as const;

/** `keyspace-grader doctor`: says whether this machine can grade, what it lacks, and what mends it. */
export async function doctorCommand(options: DoctorOptions): Promise<number> {
  cleanUpOnSignals();
  const examination = await examineMachine(options);
  const { possible, engines, findings } = examination;
  if (options.json) {
    const document = { version: DOCUMENT_VERSION, possible, engines, findings };
    await write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    await write(page(examination, styles(wantsColors(process.stdout, options.color))));
  }
  return possible ? ExitCode.passed : ExitCode.infrastructure;
}

/** The examination as text for a terminal. A command is never broken: it is there to be copied. */
function page({ possible, engines, findings }: Examination, style: Colors): string {
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
