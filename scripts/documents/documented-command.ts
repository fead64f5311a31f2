/** A command that a document tells its readers to type, or that `--help` gives as an example. */
export interface DocumentedCommand {
  /** Without its comment, continued lines joined. */
  readonly text: string;
  /** The document, as seen from the root of the repository; `keyspace-grader grade --help` for help. */
  readonly document: string;
  /** From 1. */
  readonly line: number;
  /** The headings above it, the outermost first. */
  readonly headings: readonly string[];
  /** True where it stands in a block of its own, false where it stands in a sentence or a table. */
  readonly block: boolean;
  /** The lines of the block of output that follows it; none where there is none. */
  readonly output: readonly string[];
}

/** A stand-in for something that the reader fills in, or for what is left out. */
const PLACEHOLDER = /<[a-z][^<>]*>|\[[^\]]*\]|…|(?:^|\s)\.\.\.(?:\s|$)|\w\|\w/;

/** True for what shows how a command is written (`grade <challenge> [path]`), and cannot be run as it stands. */
export function isSynopsis(text: string): boolean {
  return PLACEHOLDER.test(text.replaceAll(/'[^']*'|"[^"]*"/g, "''"));
}

/**
 * What two ways to write the same call have in common: `npx keyspace-grader`, and `npm run grade --`, which
 * builds first and then calls it.
 */
export function sameCall(text: string): string {
  return text
    .replace(/^npm ci && /, '')
    .replace(/^npm run grade -- /, 'keyspace-grader grade ')
    .replace(/^npm run grade$/, 'keyspace-grader grade')
    .replace(/^npx keyspace-grader /, 'keyspace-grader ');
}
