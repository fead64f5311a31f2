import { type Complaint, complaintLines, isOwnFile, type Place, shownMessage } from './place.ts';

const FILE = '([^\\s():][^\\s()]*?\\.[cm]?[jt]sx?)';
/** `at name (file:3:18)`, `at file:3:18`. */
const FRAME = new RegExp(`^ +at (?:.*\\()?(?:file://)?${FILE}:(\\d+):\\d+\\)?$`);
/** What stands above the line of code that broke: `file:3`. */
const HEAD = new RegExp(`^(?:file://)?${FILE}:(\\d+)$`);
/** What a compiler of TypeScript says: `file:3:18: ERROR: Unexpected ";"`. */
const COMPILER = new RegExp(`^${FILE}:(\\d+):\\d+: (?:ERROR: )?(.+)$`);

/** What Node says of an error that nobody caught, or of a script that it cannot read; undefined for nothing. */
export function nodeComplaint(stderr: string, script: string, source: string): Complaint | undefined {
  const lines = complaintLines(stderr);
  for (const text of lines) {
    const [, file, line, compiler] = COMPILER.exec(text) ?? [];
    if (file !== undefined && compiler !== undefined)
      return { message: shownMessage(compiler), place: { file, line: Number(line) } };
  }
  const fatal = fatalOf(lines);
  const told = fatal ?? lines;
  const start = told.findIndex(isMessage);
  const message = told[start];
  if (message === undefined) return undefined;
  const next = told.findIndex((text, index) => index > start && isMessage(text));
  const own = told.slice(start, next === -1 ? undefined : next);
  const frames = placesIn(own, FRAME);
  const place =
    frames[0] ??
    placesIn(told.slice(0, start), HEAD)[0] ??
    linesNamed(namedIn(message, own.join('\n')), source).map(inFile(script))[0];
  const from = frames.find((frame) => frame.file === script)?.line;
  return {
    message: shownMessage(message),
    isOwnWords: fatal === undefined,
    ...(place && { place }),
    ...(place && place.file !== script && from !== undefined && { from }),
  };
}

function isMessage(text: string): boolean {
  return /^(?:Uncaught )?[\w.]*(?:Error|Exception)\b(?: \[\w+\])?(?::|$)/.test(text);
}

/**
 * Of all that was written, what Node says of the error that ended the script: it begins with a place, and ends with
 * the version. Undefined where there is no version: then the script has written its errors by itself.
 */
function fatalOf(lines: readonly string[]): readonly string[] | undefined {
  const end = lines.findLastIndex((text) => /^Node\.js v\d/.test(text));
  if (end === -1) return undefined;
  const before = lines.slice(0, end);
  const last = before.slice(
    Math.max(
      0,
      before.findLastIndex((text) => /^\S+:\d+$/.test(text)),
    ),
  );
  return last.some(isMessage) ? last : before;
}

function placesIn(lines: readonly string[], pattern: RegExp): Place[] {
  return lines.flatMap((text) => {
    const [, file, line] = pattern.exec(text) ?? [];
    return file === undefined || !isOwnFile(file) ? [] : [{ file, line: Number(line) }];
  });
}

function inFile(file: string) {
  return (line: number): Place => ({ file, line });
}

/** What an error without a line of the script is about: the package that is missing, or the command with its key. */
function namedIn(message: string, told: string): string[] {
  const [, missing] = /Cannot find (?:package|module) '([^'\n]{1,80})'/.exec(message) ?? [];
  if (missing !== undefined) return [missing];
  const [, command, key] = /command: \{ name: '(\w+)', args: \[ '([^'\n]*)'/.exec(told) ?? [];
  return command === undefined || key === undefined ? [] : [command, key];
}

/** The lines that hold all these words: only where there is one, since a wrong line is worse than none. */
function linesNamed(words: readonly string[], source: string): number[] {
  if (words.length === 0) return [];
  const found = source.split('\n').flatMap((text, index) => {
    const line = text.toLowerCase();
    return words.every((word) => line.includes(word.toLowerCase())) ? [index + 1] : [];
  });
  return found.length === 1 ? found : [];
}
