import { cleanUpOnSignals, endOnSignal, SIGNALS } from '../cleanup.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { type EngineChoice, selectEngine } from '../engine/select.ts';
import { ExitCode } from '../errors.ts';
import { seed } from '../evidence/collect.ts';
import { GraderSession } from '../evidence/grader-session.ts';
import type { Grader } from '../grader/grader.ts';
import { loadGrader } from '../grader/load.ts';
import { notify, write } from '../stdout.ts';
import { installedClient } from '../testbed.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { type Colors, styles, wantsColors } from '../text/styles.ts';
import { wrapText } from '../text/wrap.ts';
import { LiveEvidence } from '../try/live-evidence.ts';
import { liveGrader } from '../try/live-grader.ts';
import { runClient } from '../try/real-client.ts';
import { typeCommands } from '../try/typed-session.ts';

export interface TryOptions extends EngineChoice, CollectionChoice {
  /** Tell after each command which checks it changes. */
  explain?: boolean;
  color: boolean;
}

/** Columns of a line. */
const WIDTH = 78;

/** `keyspace-grader try`: a server with a challenge's set-up, and a valkey-cli that talks to it. */
export async function tryCommand(challenge: string, options: TryOptions): Promise<number> {
  const grader = await loadGrader(challenge, await collectionToGradeWith(options));
  cleanUpOnSignals();
  const engine = await selectEngine(options, 'published', notify);
  // Looked for now: it may have been fetched along with the server.
  const client = options.explain ? undefined : installedClient();
  const server = await engine.start();
  const session = await GraderSession.open(server.address);
  try {
    await seed(session, grader.setup);
    const style = styles(wantsColors(process.stdout, options.color));
    const keys = [...new Set(grader.checks.flatMap((check) => check.keys))];
    const questions = grader.checks.flatMap(({ asks = [] }) => asks);
    const source = { challenge, engine, address: server.address, session, keys, questions };
    const live = options.explain ? await LiveEvidence.begin(source) : undefined;
    await write(greeting(grader, await session.version(), options, style));
    if (client !== undefined) {
      await runClient(client, server.address);
      return ExitCode.passed;
    }
    const explained = live && { grader: liveGrader(grader), live };
    const left = await typeCommands({ address: server.address, explained, style });
    if (left === 'quit') return ExitCode.passed;
  } finally {
    session.close();
    await server.stop();
  }
  endOnSignal(SIGNALS.SIGINT);
  return new Promise<never>(() => undefined);
}

function greeting(
  grader: Grader,
  { name, version }: { name: string; version: string },
  { explain }: TryOptions,
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
