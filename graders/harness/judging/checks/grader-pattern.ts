/**
 * The longest text that a pattern of a grader is tried on, in characters: a value, or a line of output. Nobody
 * can stop a pattern once it runs, and one that was written without care takes the square of what it reads.
 */
const LONGEST = 16 * 1024;

/** The patterns of graders, each compiled once. */
const COMPILED = new Map<string, RegExp>();

/** True where a pattern of a grader finds a match in a value. A value that is too long matches none. */
export function matchesValue(pattern: string, value: string): boolean {
  return value.length <= LONGEST && compiled(pattern, 'u').test(value);
}

/** True where a pattern of a grader finds a match in a line of output. A line that is too long matches none. */
export function matchesLine(pattern: string, output: string): boolean {
  const regex = compiled(pattern, 'mu');
  return output.split('\n').some((line) => line.length <= LONGEST && regex.test(line));
}

function compiled(pattern: string, flags: 'u' | 'mu'): RegExp {
  const id = `/${pattern}/${flags}`;
  const regex = COMPILED.get(id) ?? new RegExp(pattern, flags);
  COMPILED.set(id, regex);
  return regex;
}
