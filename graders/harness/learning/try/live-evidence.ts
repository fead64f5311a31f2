import type { ServerQuestion } from '../../evidence/answers.ts';
import { joinTraces } from '../../evidence/completeness.ts';
import type { Evidence, Keyspace, RunEvidence } from '../../evidence/evidence.ts';
import { assignLines } from '../../evidence/lines.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import { EVIDENCE_VERSION } from '../../evidence/version.ts';
import type { Engine } from '../../recording/engine/engine.ts';
import { askServer } from '../../recording/observe/answers.ts';
import { readDeniedCommands } from '../../recording/observe/denied-commands.ts';
import type { GraderSession } from '../../recording/observe/grader-session.ts';
import { MessageRecorder } from '../../recording/observe/message-recorder.ts';
import { namesOf, takeSnapshot } from '../../recording/observe/snapshot.ts';
import { TraceRecorder } from '../../recording/observe/trace-recorder.ts';
import { asksForUsers, readUsers } from '../../recording/observe/users.ts';
import { CapturedOutput } from '../../recording/script/captured-output.ts';
import { exchange, printed } from '../../recording/script/command-file/exchange.ts';
import type { FileCommand } from '../../recording/script/command-file/parse.ts';
import { CommandReplies } from '../../recording/script/command-file/replies.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import type { Deputy } from '../../recording/script/sandbox.ts';
import type { ServerAddress } from '../../valkey/client/address.ts';
import type { CommandConnection } from '../../valkey/client/command-connection.ts';
import type { Reply } from '../../valkey/client/reply.ts';
import { TYPED_LANGUAGE } from './live-grader.ts';
import { LiveSteps } from './live-steps.ts';

export interface LiveSource {
  challenge: string;
  engine: Engine;
  address: ServerAddress;
  session: GraderSession;
  /** Keys that checks ask for by name. */
  keys: readonly string[];
  /** What checks ask of the trace. */
  questions: readonly TraceQuestion[];
  /** What checks ask the server. */
  asked: readonly ServerQuestion[];
  /** What learners may run beside what all may. */
  allow: readonly string[];
  /** Who sends commands in their place. */
  deputy: Deputy | undefined;
}

/**
 * The evidence of what somebody types, command by command: after each of them it is as if a command file with
 * all of them had been run. Only between commands the grader looks at the server, unseen by the trace.
 */
export class LiveEvidence {
  readonly #source: LiveSource;
  readonly #output = new CapturedOutput(DEFAULT_LIMITS.outputBytes);
  readonly #replies = new CommandReplies();
  readonly #lines: string[] = [];
  readonly #steps = new LiveSteps();
  #evidence: Evidence;
  #run: RunEvidence;

  private constructor(source: LiveSource, before: Keyspace, start: number, version: Evidence['environment']) {
    this.#source = source;
    this.#run = {
      variant: null,
      clock: { serverStart: start, serverEnd: start, elapsedMs: 0 },
      before,
      after: before,
      trace: { entries: [], total: 0 },
      denied: [],
      messages: { entries: [], cut: false },
      process: this.#process(),
      lost: null,
      replies: [],
      replay: this.#steps.replay,
    };
    this.#evidence = this.#compose(source.challenge, version);
  }

  /** Looks at a server that is set up, before anything is typed. */
  static async begin(source: LiveSource): Promise<LiveEvidence> {
    const { session, engine, keys } = source;
    const environment = {
      engine: engine.kind,
      sandbox: 'process',
      image: engine.image,
      server: await session.version(),
    } as const;
    const before = await takeSnapshot(session, keys);
    return new LiveEvidence(source, before, await session.time(), environment);
  }

  /** What was seen so far. */
  get evidence(): Evidence {
    return this.#evidence;
  }

  /**
   * Runs a command that was typed as `line`, and looks at what it did. Gives each reply on as valkey-cli would
   * print it. Rejects with ConnectionClosedError where the server closed the connection.
   */
  async run(
    connection: CommandConnection,
    command: FileCommand,
    line: string,
    onReply: (text: string) => void,
  ): Promise<void> {
    const { address, session, questions, deputy } = this.#source;
    this.#lines.push(line);
    // It subscribes by commands that the trace must not show.
    const subscriber = await MessageRecorder.start(address, session);
    const recorder = await TraceRecorder.start(address, session, questions);
    const began = performance.now();
    try {
      let answer: Reply | undefined;
      const instead = await deputy?.(command.args);
      const all = instead ? [{ reply: instead, answers: true }] : exchange(connection, command);
      for await (const { reply, answers } of all) {
        const shown = printed(command, reply);
        this.#output.add(Buffer.from(shown.text));
        this.#output.countCut(shown.missing);
        onReply(shown.text);
        if (!answers) continue;
        this.#replies.add(command, shown);
        answer = reply;
      }
      const elapsedMs = this.#run.clock.elapsedMs + Math.round(performance.now() - began);
      await this.#look(recorder, subscriber, { elapsedMs, answer });
    } finally {
      recorder.abandon();
      subscriber.abandon();
    }
  }

  async #look(
    recorder: TraceRecorder,
    subscriber: MessageRecorder,
    { elapsedMs, answer }: { elapsedMs: number; answer: Reply | undefined },
  ): Promise<void> {
    const { address, session, keys, challenge, asked, allow } = this.#source;
    const { before, after: earlier, trace, messages, clock } = this.#run;
    const answered = this.#replies.result();
    const latest = await recorder.finish(session);
    const published = await subscriber.finish();
    const entries = assignLines(latest, answered.replies.slice(-1));
    const serverEnd = await session.time();
    const after = await takeSnapshot(session, [...keys, ...namesOf(before)]);
    this.#steps.add(trace.entries.length, entries, answer, { before: earlier, after, now: serverEnd });
    const answers = await askServer(address, session, asked);
    this.#run = {
      ...this.#run,
      ...answered,
      ...(answers.length > 0 && { answers }),
      ...(asksForUsers(asked, allow) && { users: await readUsers(session) }),
      clock: { ...clock, serverEnd, elapsedMs },
      after,
      replay: this.#steps.replay,
      trace: joinTraces(trace, { ...latest, entries }),
      denied: await readDeniedCommands(session),
      messages: {
        entries: [...(messages?.entries ?? []), ...published.entries],
        cut: messages?.cut === true || published.cut,
      },
      process: this.#process(),
    };
    this.#evidence = this.#compose(challenge, this.#evidence.environment);
  }

  #compose(challenge: string, environment: Evidence['environment']): Evidence {
    return {
      version: EVIDENCE_VERSION,
      challenge,
      environment,
      script: { name: 'typed.valkey', language: TYPED_LANGUAGE, text: this.#lines.join('\n') },
      runs: [this.#run],
    };
  }

  #process(): RunEvidence['process'] {
    return {
      ended: 'exited',
      exitCode: 0,
      signal: null,
      timeLimitMs: DEFAULT_LIMITS.timeMs,
      stdout: this.#output.result(),
      stderr: { text: '', bytes: 0, cut: false },
    };
  }
}
