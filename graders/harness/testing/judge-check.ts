import type { Replay } from '../evidence/evidence.ts';
import type { AnyCheckKind, CheckKind } from '../judging/checks/check-kind.ts';
import type { Finding } from '../judging/checks/finding.ts';
import { failIfIncomplete } from '../judging/checks/require-in-trace.ts';
import { RunView } from '../judging/checks/run-view.ts';
import { type EvidenceOptions, makeEvidence, makeView } from './evidence.ts';
import { replayOf, viewOfReplayed } from './replayed.ts';
import type { TestServer } from './server.ts';

/** What a check of this kind finds in made-up evidence. */
export function judgeCheck<Parameters>(
  kind: CheckKind<Parameters>,
  parameters: Parameters,
  options: EvidenceOptions,
  variant: string | null = null,
): Finding {
  return kind.judge(parameters, makeView(options, variant));
}

/** A check, and what a script does that it judges. */
export interface RealCase {
  kind: AnyCheckKind;
  parameters: object;
  setup: readonly string[];
  /** Of one client; behind `2>` stands one of another. */
  commands: readonly string[];
}

/** What a check finds in a run on a real server, with the rivals that it asks for. */
export async function judgeReally(
  server: TestServer,
  { kind, parameters, setup, commands }: RealCase,
): Promise<{ finding: Finding; replay: Replay }> {
  const { judge, rivals } = kind.bind(parameters);
  const replayed = await replayOf(
    server,
    setup,
    async (send) => {
      for (const command of commands)
        await (command.startsWith('2> ') ? send('two', command.slice(3)) : send('one', command));
    },
    rivals && ((run) => rivals(new RunView(makeEvidence(), run))),
  );
  return { finding: failIfIncomplete(() => judge(viewOfReplayed(replayed))), replay: replayed.replay };
}
