import type { BoundCheck } from '../judging/checks/check-kind.ts';
import type { Finding } from '../judging/checks/finding.ts';
import { checkKind } from '../judging/checks/kinds/index.ts';
import { failIfIncomplete } from '../judging/checks/require-in-trace.ts';
import { RunView } from '../judging/checks/run-view.ts';
import { makeEvidence } from './evidence.ts';
import { replayOf, replayOfCommands, viewOfReplayed } from './replayed.ts';
import type { TestServer } from './server.ts';

/** A check as a grader file has it: its kind, and the parameters of that. */
export type CheckOfKind = { kind: string } & Record<string, unknown>;

/**
 * What a check finds in commands that are run on a real server, and then once more, with the rivals that it asks for.
 * They are those of one client; behind `2>` stands one of another.
 */
export async function judgeReplayed(
  server: TestServer,
  check: CheckOfKind,
  setup: readonly string[],
  commands: readonly string[],
): Promise<Finding> {
  return judgeBound(server, boundCheck(check), setup, commands);
}

/** A variant: the main set-up, and its own. */
export interface VariantSetups {
  main: readonly string[];
  own: readonly string[];
}

/** The view that checks get of a variant in which one client ran these commands on a real server. */
export async function viewOfVariant(
  server: TestServer,
  { main, own }: VariantSetups,
  commands: readonly string[],
): Promise<RunView> {
  const { run } = await replayOfCommands(server, main, []);
  return viewOfReplayed(await replayOfCommands(server, own, commands), run.before);
}

/** As {@link judgeReplayed}, in a variant. */
export async function judgeInVariant(
  server: TestServer,
  check: CheckOfKind,
  setups: VariantSetups,
  commands: readonly string[],
): Promise<Finding> {
  const view = await viewOfVariant(server, setups, commands);
  return failIfIncomplete(() => boundCheck(check).judge(view));
}

/** As {@link judgeReplayed}, of a check whose parameters are filled in. */
export async function judgeBound(
  server: TestServer,
  { judge, rivals }: Pick<BoundCheck, 'judge' | 'rivals'>,
  setup: readonly string[],
  commands: readonly string[],
): Promise<Finding> {
  const replayed = await replayOf(
    server,
    setup,
    async (send) => {
      for (const command of commands)
        await (command.startsWith('2> ') ? send('two', command.slice(3)) : send('one', command));
    },
    rivals && ((run) => rivals(new RunView(makeEvidence(), run))),
  );
  return failIfIncomplete(() => judge(viewOfReplayed(replayed)));
}

/** A check of a kind. */
export function boundCheck({ kind: name, ...parameters }: CheckOfKind): BoundCheck {
  const kind = checkKind(name);
  if (!kind) throw new Error(`no kind ${name}`);
  return kind.bind(parameters);
}
