/**
 * Says in words how two texts differ that look alike; undefined where they do not, so that seeing both is
 * enough. Lengths are in characters.
 */
export function difference(expected: string, actual: string): string | undefined {
  if (expected === actual) return undefined;
  return (
    lookAlike(expected, actual) ??
    (expected.length + actual.length > 40 ? firstDifference(expected, actual) : undefined)
  );
}

function lookAlike(expected: string, actual: string): string | undefined {
  const lengths = `(${[...actual].length} characters, expected ${[...expected].length})`;
  if (actual === '') return 'the value is empty';
  if (withoutReturns(actual) === expected) {
    return `the value ends with a carriage return (\\r), as files with Windows line ends have it ${lengths}`;
  }
  if (actual.trimEnd() === expected)
    return `the value ends with ${whiteSpace(actual.slice(expected.length))} ${lengths}`;
  if (actual.trimStart() === expected)
    return `the value begins with ${whiteSpace(actual.slice(0, -expected.length))} ${lengths}`;
  if (actual.trim() === expected) return `the value has white space at both ends ${lengths}`;
  if (isQuoted(actual) && actual.slice(1, -1) === expected)
    return `the quotes became part of the value ${lengths}`;
  if (actual.toLowerCase() === expected.toLowerCase()) return 'only upper and lower case differ';
  if (actual.normalize('NFKC') === expected.normalize('NFKC'))
    return 'some characters look the same but are other code points';
  if (plain(actual) === plain(expected)) return 'only separators (spaces, dashes, underscores) differ';
  if (isNumber(expected) && isNumber(actual) && Number(expected) === Number(actual)) {
    return 'the same number, written in another way';
  }
  return undefined;
}

/** A text without the carriage returns at its end. */
function withoutReturns(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\r') end -= 1;
  return text.slice(0, end);
}

function isQuoted(text: string): boolean {
  const [first = ''] = text;
  return text.length > 1 && ['"', "'", '`'].includes(first) && text.endsWith(first);
}

function firstDifference(expected: string, actual: string): string | undefined {
  const wanted = [...expected];
  const found = [...actual];
  let index = 0;
  while (index < wanted.length && index < found.length && wanted[index] === found[index]) index += 1;
  if (index < 3) return undefined;
  if (index === found.length) return `the value stops after ${index} characters`;
  if (index === wanted.length) return `the value goes on after character ${index}`;
  return `the first difference is at character ${index + 1}`;
}

function whiteSpace(text: string): string {
  if (text === '\n') return 'a line feed (\\n), as `echo` adds one';
  if (/^ +$/.test(text)) {
    return text.length === 1 ? 'a space that cannot be seen' : `${text.length} spaces that cannot be seen`;
  }
  return 'white space that cannot be seen';
}

function plain(text: string): string {
  return text.replace(/[\s_-]+/g, '');
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
