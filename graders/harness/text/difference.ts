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
  if (actual.replace(/\r+$/, '') === expected) {
    return `the value ends with a carriage return (\\r), as files with Windows line ends have it ${lengths}`;
  }
  if (actual.trimEnd() === expected)
    return `the value ends with ${spaces(actual.length - expected.length)} ${lengths}`;
  if (actual.trimStart() === expected)
    return `the value begins with ${spaces(actual.length - expected.length)} ${lengths}`;
  if (actual.trim() === expected) return `the value has spaces at both ends ${lengths}`;
  if (/^(["'`]).*\1$/.test(actual) && actual.slice(1, -1) === expected)
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

function firstDifference(expected: string, actual: string): string | undefined {
  let index = 0;
  while (index < expected.length && index < actual.length && expected[index] === actual[index]) index += 1;
  if (index < 3) return undefined;
  return index === actual.length
    ? `the value stops after ${index} characters`
    : `the first difference is at character ${index + 1}`;
}

function spaces(count: number): string {
  return count === 1 ? 'a space that cannot be seen' : `${count} spaces that cannot be seen`;
}

function plain(text: string): string {
  return text.replace(/[\s_-]+/g, '');
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
