import { stripVTControlCharacters } from 'node:util';
import { shortList } from '../../../base/text/count.ts';
import { printable } from '../../../base/text/printable.ts';
import type { Evidence, RunEvidence } from '../../../evidence/evidence.ts';
import type { Cause } from './cause.ts';
import { nodeComplaint } from './node-complaint.ts';
import { type Complaint, shownMessage } from './place.ts';
import { pythonComplaint } from './python-complaint.ts';
import { commandFileComplaints, shellComplaints } from './shell-complaints.ts';

/** Lines that are told of a script that goes on behind what it cannot run. */
const LINES = 3;

/**
 * Tells where a script broke, by what its language said of it. Of a script that only ended badly, which says little
 * of what it did, it tells nothing unless that was all there was (`always`).
 */
export function crashes({ script }: Evidence, { process }: RunEvidence, always: boolean): Cause[] {
  const stderr = stripVTControlCharacters(process.stderr.text);
  const lineByLine = LINE_BY_LINE[script.language]?.(stderr, script) ?? [];
  if (lineByLine.length > 0) return lineCauses(lineByLine, script.name);
  if (process.ended !== 'exited' || process.exitCode === 0) return [];
  const complaint = complaintOf(script, stderr);
  const last = complaint?.message ?? lastLine(stderr);
  if (last === undefined && process.signal === null && !always) return [];
  const how =
    process.signal === null
      ? `ended with exit code ${process.exitCode}`
      : `was ended by signal ${process.signal}`;
  if (complaint?.place)
    return [
      placed(complaint, script.name, complaint.isOwnWords ? `${how}, and told of an error` : 'crashed'),
    ];
  return [{ kind: 'crash', text: `Your script ${how}${last === undefined ? '.' : `: ${last}`}` }];
}

const LINE_BY_LINE: Readonly<Record<string, (stderr: string, script: Evidence['script']) => Complaint[]>> = {
  bash: shellComplaints,
  executable: shellComplaints,
  'command-file': commandFileComplaints,
};

function complaintOf({ name, language, text }: Evidence['script'], stderr: string): Complaint | undefined {
  if (language === 'python') return pythonComplaint(stderr, name, text ?? '');
  if (language === 'javascript' || language === 'typescript') return nodeComplaint(stderr, name, text ?? '');
  // Whatever is executable may be either, and a shell may have called one.
  return pythonComplaint(stderr, name, text ?? '') ?? nodeComplaint(stderr, name, text ?? '');
}

function placed({ message, place, from }: Complaint, script: string, what: string): Cause {
  const line = place?.file === script ? place.line : from;
  const where =
    place?.file === script
      ? `at line ${place.line}`
      : `in ${printable(place?.file ?? '')}, line ${place?.line}${from === undefined ? '' : ` (called from line ${from} of ${printable(script)})`}`;
  return {
    kind: 'crash',
    text: `Your script ${what} ${where}: ${message}`,
    ...(line !== undefined && { line }),
  };
}

function lineCauses(complaints: readonly Complaint[], script: string): Cause[] {
  const told = complaints.slice(0, LINES).map(({ message, place }): Cause => {
    const isOwn = place?.file === script;
    const where = isOwn ? `Line ${place.line}` : `${printable(place?.file ?? '')}, line ${place?.line}`;
    return { kind: 'crash', text: `${where}: ${message}`, ...(isOwn && { line: place.line }) };
  });
  const more = complaints.slice(LINES).map(({ place }) => String(place?.line));
  if (more.length === 0) return told;
  const lines = more.length === 1 ? `line ${more[0]}` : `lines ${shortList(more)}`;
  return [...told, { kind: 'crash', text: `There is something wrong with ${lines}, too.` }];
}

function lastLine(stderr: string): string | undefined {
  const line = stderr.split('\n').findLast((text) => text.trim() !== '');
  return line === undefined ? undefined : shownMessage(line);
}
