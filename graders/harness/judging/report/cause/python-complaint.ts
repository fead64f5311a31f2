import { type Complaint, complaintLines, isOwnFile, type Place, shownMessage } from './place.ts';

const FRAME = /^ {2,}File "([^"]+)", line (\d+)/;
/** With these a script writes down a traceback by itself. */
const WRITES_TRACEBACKS = /\btraceback\b|\bexc_info\b|\.exception\(/;

/** What Python says of an exception that nobody caught, or of a script that it cannot read; undefined for nothing. */
export function pythonComplaint(stderr: string, script: string, source: string): Complaint | undefined {
  // Of exceptions that led to one another the last one ended the script.
  const last = complaintLines(
    stderr.slice(Math.max(0, stderr.lastIndexOf('Traceback (most recent call last)'))),
  );
  const frames = last.flatMap((line): Place[] => {
    const [, file, number] = FRAME.exec(line) ?? [];
    return file === undefined ? [] : [{ file, line: Number(number) }];
  });
  // What stands behind it is the script's own.
  const end = last.findLastIndex((line) => FRAME.test(line));
  const message = last.slice(end + 1).find((line) => /^[A-Za-z_][\w.]*(?::|$)/.test(line));
  if (frames.length === 0 || message === undefined) return undefined;
  const own = frames.filter(({ file }) => isOwnFile(file));
  const place = own.at(-1);
  const from = own.findLast(({ file }) => file === script)?.line;
  return {
    message: shownMessage(message),
    isOwnWords: WRITES_TRACEBACKS.test(source),
    ...(place && { place }),
    ...(place && place.file !== script && from !== undefined && { from }),
  };
}
