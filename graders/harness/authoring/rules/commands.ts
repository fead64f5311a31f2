import { didYouMean } from '../../base/text/nearest.ts';
import { minVersionOf } from '../../challenges/grader/grader-file.ts';
import { commandNameOf } from '../../evidence/command-name.ts';
import { isAtLeast } from '../../valkey/notation/version.ts';
import type { GraderSource } from '../challenge-source.ts';
import { expectationsOf } from '../check-expectations.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { LintRule } from '../lint-rule.ts';
import type { ProbedServer } from '../probe-server.ts';

export const commands: LintRule = {
  id: 'commands',
  description:
    'The server takes the settings of `server` and knows what that allows, runs every set-up command, in order, knows a command of each check that wants one, and may be asked what checks ask it.',
  check({ id, grader, graderText: { file } }, server) {
    if (!grader || isTooOld(grader, server)) return [];
    const refused = server.refused.get(id) ?? [];
    const setup = refused.map(
      ({ path, reason }): LintFinding => ({
        file,
        ...grader.place(path),
        message: `valkey ${server.version} refuses this ${path[0] === 'server' ? 'setting' : 'set-up command'}: ${reason}`,
      }),
    );
    const unknown = grader.content.checks.flatMap((check, index): LintFinding[] => {
      const names = expectationsOf(check).commands.flatMap((command) => command.names);
      // One of several may be of a later version.
      if (names.length === 0 || names.some((name) => server.commands.has(name))) return [];
      const [name = ''] = names;
      const message = `the check ${check.id} wants ${names.join(' or ')}, which valkey ${server.version} does not know${didYouMean(name, server.commands)}`;
      return [{ file, ...grader.place(['checks', index]), message }];
    });
    const unasked = (server.unasked.get(id) ?? []).map(({ check, command, reason, unknown }): LintFinding => {
      const why =
        unknown === undefined
          ? reason
          : `valkey ${server.version} does not know ${unknown}${didYouMean(unknown, server.commands)}`;
      return {
        file,
        ...grader.place(['checks', check]),
        message: `the check ${grader.content.checks[check]?.id} asks the server ${JSON.stringify(command)}, but ${why}`,
      };
    });
    const allowed = (grader.content.server?.allow ?? []).flatMap((name, index): LintFinding[] =>
      server.commands.has(commandNameOf(name))
        ? []
        : [
            {
              file,
              ...grader.place(['server', 'allow', index]),
              message: `valkey ${server.version} does not know ${name}`,
            },
          ],
    );
    return [...setup, ...unknown, ...unasked, ...allowed];
  },
};

/** What a challenge needs, an older server need not have: it is not graded there. */
function isTooOld({ content }: GraderSource, { version }: ProbedServer): boolean {
  const minVersion = minVersionOf(content);
  return minVersion !== undefined && !isAtLeast(version, minVersion);
}
