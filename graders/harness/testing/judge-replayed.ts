import type { CheckKind } from '../judging/checks/check-kind.ts';
import type { Finding } from '../judging/checks/finding.ts';
import { checkKind } from '../judging/checks/kinds/index.ts';
import { replayOf, viewOfReplayed, WHOLE } from './replayed.ts';
import type { TestServer } from './server.ts';

/**
 * What a check finds of commands that are run on a real server, and then run once more. They are those of one client;
 * behind `2>` stands one of another. Throws Error where not all is known of how the keys came to be.
 */
export async function judgeReplayed(
  server: TestServer,
  { kind, ...parameters }: { kind: string } & Record<string, unknown>,
  setup: readonly string[],
  commands: readonly string[],
): Promise<Finding> {
  const replayed = await replayOf(server, setup, async (send) => {
    for (const command of commands)
      await (command.startsWith('2> ') ? send('two', command.slice(3)) : send('one', command));
  });
  const { until, unlike } = replayed.replay;
  if (until !== WHOLE.until || unlike.length > 0) throw new Error(`the replay came to its end: ${until}`);
  return (checkKind(kind) as CheckKind<unknown>).judge(parameters, viewOfReplayed(replayed));
}
