/**
 * A command of this package as people type it, wherever they have it: in a project that installed it, and in a clone.
 * Words that a shell would take apart are quoted.
 */
export function ownCommand(...words: readonly string[]): string {
  return ['npx', 'keyspace-grader', ...words.map(shellWord)].join(' ');
}

function shellWord(text: string): string {
  return /^[\w./@:,=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
