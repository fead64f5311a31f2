import type { DocumentedCommand } from './documented-command.ts';

/** The challenge whose README stands for those of all others, where they say the same. */
export const TYPICAL_CHALLENGE = 'sessions/cantina';

/**
 * Leaves out what the README of a challenge says in the same words as that of the typical one, each of its own
 * challenge: running it again proves nothing more.
 */
export function withoutRepetitions(commands: readonly DocumentedCommand[]): DocumentedCommand[] {
  const typical = new Set(
    commands.filter((command) => challengeOf(command) === TYPICAL_CHALLENGE).map(formOfCommand),
  );
  return commands.filter((command) => {
    const challenge = challengeOf(command);
    return challenge === undefined || challenge === TYPICAL_CHALLENGE || !typical.has(formOfCommand(command));
  });
}

/** The challenge whose README holds a command; undefined for other documents. */
function challengeOf({ document }: DocumentedCommand): string | undefined {
  return /^challenges\/([^/]+\/[^/]+)\/README\.md$/.exec(document)?.[1];
}

/** A command, its place and its output, whichever challenge it is about. */
function formOfCommand(command: DocumentedCommand): string {
  const { text, block, output } = command;
  const headings = command.headings.slice(1);
  const form = JSON.stringify({ text, headings, block, output });
  const challenge = challengeOf(command);
  return challenge === undefined ? form : form.replaceAll(challenge, '<challenge>');
}
