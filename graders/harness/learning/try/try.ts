import { endOnSignal, SIGNALS } from '../../base/cleanup.ts';
import { write } from '../../base/stdout.ts';
import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import { wrapText } from '../../base/text/wrap.ts';
import { givenCommands } from '../../evidence/server-rules.ts';
import { installedClient } from '../../grading/testbed.ts';
import type { Grader } from '../../judging/grader.ts';
import type { Engine } from '../../recording/engine/engine.ts';
import { requireAskable } from '../../recording/observe/askable.ts';
import { type OpenDeputy, openDeputy } from '../../recording/observe/deputy.ts';
import { GraderSession } from '../../recording/observe/grader-session.ts';
import { seed } from '../../recording/observe/seed.ts';
import { makeSettings } from '../../recording/observe/settings.ts';
import { LiveEvidence } from './live-evidence.ts';
import { liveGrader } from './live-grader.ts';
import { runClient } from './real-client.ts';
import { typeCommands } from './typed-session.ts';

/** Columns of a line. */
const WIDTH = 78;

/**
 * A server with a challenge's set-up, and a valkey-cli that talks to it, until somebody leaves. With `explain` each
 * command is followed by the checks that it changes. Throws InfrastructureError.
 */
export async function tryChallenge(
  grader: Grader,
  engine: Engine,
  explain: boolean,
  style: Colors,
): Promise<void> {
  // Looked for now: it may have been fetched along with the server.
  const client = explain ? undefined : installedClient();
  const { config = {}, allow = [], image } = grader.server ?? {};
  const server = await engine.start(image);
  const session = await GraderSession.open(server.address, givenCommands(allow));
  let deputy: OpenDeputy | undefined;
  try {
    await makeSettings(session, config);
    deputy = await openDeputy(server.address, session, allow);
    await seed(session, grader.setup);
    const keys = [...new Set(grader.checks.flatMap((check) => check.keys))];
    const questions = grader.checks.flatMap(({ asks = [] }) => asks);
    const asked = liveGrader(grader).checks.flatMap(({ serverQuestions = [] }) => serverQuestions);
    await requireAskable(session, asked);
    const source = {
      challenge: grader.id,
      engine,
      address: server.address,
      session,
      keys,
      questions,
      asked,
      allow,
      deputy: deputy?.send,
    };
    const live = explain ? await LiveEvidence.begin(source) : undefined;
    await write(greeting(grader, await session.version(), explain, style));
    if (client !== undefined) return await runClient(client, server.address);
    const explained = live && { grader: liveGrader(grader), live };
    const left = await typeCommands({ address: server.address, explained, style });
    if (left === 'quit') return;
  } finally {
    deputy?.close();
    session.close();
    await server.stop();
  }
  endOnSignal(SIGNALS.SIGINT);
  return new Promise<never>(() => undefined);
}

function greeting(
  grader: Grader,
  { name, version }: { name: string; version: string },
  explain: boolean,
  style: Colors,
): string {
  const elsewhere = grader.checks.length - liveGrader(grader).checks.length;
  const data = grader.setup.length === 0 ? 'an empty keyspace' : "the challenge's data";
  const text = [
    `${name} ${version} with ${data}, for you alone. It is gone when you leave, with quit or Ctrl-D.`,
    ...(explain
      ? ['Each command is followed by the checks that it changes; the word checks shows them all.']
      : []),
    ...(explain && elsewhere > 0
      ? [
          `${count(elsewhere, 'check')} ${elsewhere === 1 ? 'is' : 'are'} judged on other data: only grading tells.`,
        ]
      : []),
  ];
  const lines = [
    `${style.bold(printable(grader.title))}  ${style.dim(printable(grader.id))}`,
    ...text.flatMap((line) => wrapText(line, WIDTH).map(style.dim)),
  ];
  return `\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`;
}
