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
  const message = lines.find((text) =>
    /^(?:Uncaught )?[\w.]*(?:Error|Exception)\b(?: \[\w+\])?(?::|$)/.test(text),
  );
  if (message === undefined) return undefined;
  const frames = placesIn(lines, FRAME);
  const place =
    frames[0] ?? placesIn(lines, HEAD)[0] ?? linesNamed(namedIn(stderr), source).map(inFile(script))[0];
  const from = frames.find((frame) => frame.file === script)?.line;
  return {
    message: shownMessage(message),
    ...(place && { place }),
    ...(place && place.file !== script && from !== undefined && { from }),
  };
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
function namedIn(stderr: string): string[] {
  const [, missing] = /Cannot find (?:package|module) '([^'\n]{1,80})'/.exec(stderr) ?? [];
  if (missing !== undefined) return [missing];
  const [, command, key] = /command: \{ name: '(\w+)', args: \[ '([^'\n]*)'/.exec(stderr) ?? [];
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
