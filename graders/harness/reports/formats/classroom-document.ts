/**
 * What `<RUNNER>_RESULTS` may hold, in base64: Linux starts no program with a variable of 128 KiB, and the
 * workflow may put something before it.
 */
export const RESULT_BYTES = 96 * 1024;
/** The same of the JSON: base64 makes four bytes of three. */
const DOCUMENT_BYTES = (RESULT_BYTES / 4) * 3;

/** How long names may be where all words would be too long, in characters; the first that does. */
const NAME_LENGTHS = [160, 80, 48, 24];
const CUT = '…';
/** Where the whole of what is cut can be read. */
const CUT_STORY = '… (cut: see the grading step)';

/** What the document is made from. */
export interface Verdicts {
  status: 'pass' | 'fail' | 'error';
  max_score: number;
  tests: readonly ClassroomTest[];
}

/** A test, with its words apart. */
export interface ClassroomTest {
  name: string;
  status: 'pass' | 'fail' | 'error';
  score: number;
  /** Why it did not pass. */
  story: string;
  /** True for the further parts of a check, below the first. */
  isFurther: boolean;
}

/** How much is told. Lengths are in characters. */
interface Words {
  name: number;
  story: number;
  /** True for the fields that the reporter reads and no others. */
  isLean: boolean;
}

/**
 * The document of the first of `candidates` that fits. Points and statuses are never cut; where words have to be, short
 * ones stay whole: every story is cut at the same length.
 * Sources: main.js, console-results.js, test-helpers.js and notify-classroom.js of
 * classroom-resources/autograding-grading-reporter.
 */
export function documentWithin(candidates: readonly (() => Verdicts | null)[]): string {
  for (const candidate of candidates) {
    const verdicts = candidate();
    const text = verdicts && fitted(verdicts);
    if (text !== null) return text;
  }
  throw new Error('the last candidate has a single test, which fits');
}

function fitted(verdicts: Verdicts): string | null {
  const longest = Number.POSITIVE_INFINITY;
  const whole = shortDocument(verdicts, { name: longest, story: longest, isLean: false });
  if (whole !== null) return whole;
  for (const name of NAME_LENGTHS) {
    const told = (story: number) => shortDocument(verdicts, { name, story, isLean: true });
    // Somebody is to learn at least that there was more.
    const least = told(CUT_STORY.length);
    if (least !== null) return longestThatFits(told, least);
  }
  return null;
}

/** Finds the length at which all stories are cut, from that of the shortest document on. */
function longestThatFits(told: (story: number) => string | null, shortest: string): string {
  let length = CUT_STORY.length;
  let document = shortest;
  for (let step = 2 ** 16; step >= 1; step /= 2) {
    const longer = told(length + step);
    if (longer === null) continue;
    length += step;
    document = longer;
  }
  return document;
}

/** A line for each test; null if that is too long. */
function shortDocument({ status, max_score, tests }: Verdicts, words: Words): string | null {
  const head = JSON.stringify({ version: 1, status, max_score, tests: [] }).replace(/\]\}$/, '');
  const lines: string[] = [];
  let room = DOCUMENT_BYTES - head.length - '\n\n]}\n'.length;
  for (const test of tests) {
    const line = JSON.stringify(testOf(test, words));
    room -= Buffer.byteLength(line) + ',\n'.length;
    if (room < 0) return null;
    lines.push(line);
  }
  return `${head}\n${lines.join(',\n')}\n]}\n`;
}

function testOf({ name, status, score, story, isFurther }: ClassroomTest, words: Words) {
  const told = cut(story, words.story, CUT_STORY);
  // It prints `message` of errors, and `test_code` of every test: no text stands in both.
  const isError = status === 'error';
  if (!words.isLean) {
    const [message, code] = isError ? [told, ''] : ['', told];
    // 0 as the line hides it.
    return { name, status, score, message, test_code: code, filename: '', line_no: 0, duration: 0 };
  }
  return {
    name: shortName(name, words.name, isFurther),
    status,
    score,
    ...(told !== '' && { [isError ? 'message' : 'test_code']: told }),
    line_no: 0,
  };
}

/** A name that keeps which part of a check it is. */
function shortName(name: string, length: number, isFurther: boolean): string {
  const part = / \(\d+\/\d+\)$/.exec(name)?.[0] ?? '';
  if (isFurther) return CUT + part;
  return cut(name.slice(0, name.length - part.length), length, CUT) + part;
}

/** The first so many characters of a text, and `note` where that is not all; a pair of surrogates is not parted. */
function cut(text: string, length: number, note: string): string {
  if (text.length <= length) return text;
  return text.slice(0, Math.max(0, length - note.length)).replace(/[\ud800-\udbff]$/, '') + note;
}
