import type { Evidence } from '../../../evidence/evidence.ts';
import { type Complaint, complaintLines, isOwnFile, shownMessage } from './place.ts';

/**
 * What Bash says of lines of the script or of other scripts of the submission, which went on behind them where they
 * could: each once, in order.
 */
export function shellComplaints(
  stderr: string,
  script: Pick<Evidence['script'], 'name' | 'text'>,
): Complaint[] {
  const found = new Map<string, Complaint>();
  for (const text of complaintLines(stderr)) {
    const [, file, line, message = ''] = /^([^\s:][^:]*): line (\d+): (.+)$/.exec(text) ?? [];
    // Behind a syntax error stands the line itself, in quotes.
    if (file === undefined || !isOwnFile(file) || message.startsWith('`')) continue;
    const name = file.replace(/^\.\//, '');
    if (name !== script.name && isOwnWords(name, message, script.text ?? '')) continue;
    const complaint = { message: shownMessage(message), place: { file: name, line: Number(line) } };
    found.set(`${name}:${line}:${complaint.message}`, complaint);
  }
  return [...found.values()];
}

/**
 * True for what a script has most likely written by itself, such as `step: line 2: done`: of no script, and of nothing
 * that it names, or word for word.
 */
function isOwnWords(file: string, message: string, source: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return !(/\.(?:ba)?sh$/.test(name) || source.includes(name)) || source.includes(message);
}

/** What is wrong with lines of a command file, which are left out. */
export function commandFileComplaints(
  stderr: string,
  { name: script }: Pick<Evidence['script'], 'name'>,
): Complaint[] {
  return complaintLines(stderr).flatMap((text): Complaint[] => {
    if (!text.startsWith(`${script}:`)) return [];
    const [, line, message = ''] = /^(\d+): (.+)$/.exec(text.slice(script.length + 1)) ?? [];
    return line === undefined
      ? []
      : [{ message: shownMessage(message), place: { file: script, line: Number(line) } }];
  });
}
