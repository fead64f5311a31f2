import type { DeniedCommand, RunEvidence } from './evidence.ts';

/**
 * The commands that the server refused before it ran them, beside those that the access rules denied: they are in no
 * trace. A command that the server does not know is not among them.
 */
export function neverRun(
  denied: RunEvidence['denied'],
  refused: NonNullable<RunEvidence['refused']>,
): DeniedCommand[] {
  return refused.flatMap(({ command, rejected }) => {
    const count = rejected - (denied.find((one) => one.command === command)?.count ?? 0);
    return count > 0 ? [{ command, count }] : [];
  });
}
