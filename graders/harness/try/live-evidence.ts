import type { Engine } from '../engine/engine.ts';
import { readDeniedCommands } from '../evidence/denied-commands.ts';
import { EVIDENCE_VERSION, type Evidence, type Keyspace, type RunEvidence } from '../evidence/evidence.ts';
import type { GraderSession } from '../evidence/grader-session.ts';
import { joinTraces } from '../evidence/left-out.ts';
import { assignLines } from '../evidence/lines.ts';
import { MessageRecorder } from '../evidence/message-recorder.ts';
import { namesOf, takeSnapshot } from '../evidence/snapshot.ts';
import type { TraceQuestion } from '../evidence/trace-question.ts';
import { TraceRecorder } from '../evidence/trace-recorder.ts';
import { CapturedOutput } from '../script/captured-output.ts';
import { exchange, replyEvidence } from '../script/command-file/exchange.ts';
import type { FileCommand } from '../script/command-file/parse.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import type { ServerAddress } from '../valkey/address.ts';
import type { CommandConnection } from '../valkey/command-connection.ts';
import { formatReplyTo } from '../valkey/format-reply.ts';
import { TYPED_LANGUAGE } from './live-grader.ts';

export interface LiveSource {
  challenge: string;
  engine: Engine;
  address: ServerAddress;
  session: GraderSession;
  /** Keys that checks ask for by name. */
  keys: readonly string[];
  /** What checks ask of the trace. */
  questions: readonly TraceQuestion[];
}

/**
 * The evidence of what somebody types, command by command: after each of them it is as if a command file with
 * all of them had been run. Only between commands the grader looks at the server, unseen by the trace.
 */
export class LiveEvidence {
  readonly #source: LiveSource;
  readonly #output = new CapturedOutput(DEFAULT_LIMITS.outputBytes);
  readonly #lines: string[] = [];
  #evidence: Evidence;
  #run: RunEvidence & { replies: NonNullable<RunEvidence['replies']> };

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
    const { address, session, questions } = this.#source;
    this.#lines.push(line);
    // It subscribes by commands that the trace must not show.
    const subscriber = await MessageRecorder.start(address, session);
    const recorder = await TraceRecorder.start(address, session, questions);
    const began = performance.now();
    try {
      for await (const { reply, answers } of exchange(connection, command)) {
        const text = formatReplyTo(command.args, reply);
        this.#output.add(Buffer.from(text));
        onReply(text);
        if (answers) this.#run.replies.push(replyEvidence(command, reply));
      }
      const elapsedMs = this.#run.clock.elapsedMs + Math.round(performance.now() - began);
      await this.#look(recorder, subscriber, elapsedMs);
    } finally {
      recorder.abandon();
      subscriber.abandon();
    }
  }

  async #look(recorder: TraceRecorder, subscriber: MessageRecorder, elapsedMs: number): Promise<void> {
    const { session, keys, challenge } = this.#source;
    const { before, trace, messages, clock, replies } = this.#run;
    const latest = await recorder.finish(session);
    const published = await subscriber.finish();
    const entries = assignLines(latest, replies.slice(-1));
    this.#run = {
      ...this.#run,
      clock: { ...clock, serverEnd: await session.time(), elapsedMs },
      after: await takeSnapshot(session, [...keys, ...namesOf(before)]),
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
