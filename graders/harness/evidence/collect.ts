import { readFile } from 'node:fs/promises';
import { cleanUpLater } from '../cleanup.ts';
import type { Engine, RunningServer } from '../engine/engine.ts';
import { InfrastructureError, messageOf } from '../errors.ts';
import type { ScriptLimits } from '../script/limits.ts';
import { type PreparedScript, prepareScript, type Script } from '../script/run-script.ts';
import { splitArguments } from '../valkey/quoting.ts';
import { readDeniedCommands } from './denied-commands.ts';
import { type Environment, EVIDENCE_VERSION, type Evidence, type RunEvidence } from './evidence.ts';
import { GraderSession } from './grader-session.ts';
import { EvidenceLimits } from './limits.ts';
import { assignLines } from './lines.ts';
import { takeSnapshot } from './snapshot.ts';
import { TraceRecorder } from './trace-recorder.ts';

/** What a challenge asks of a collection: which runs, and what to look at for certain. */
export interface CollectionPlan {
  challenge: string;
  /** The set-up commands of the main run, as one types them in valkey-cli. */
  setup: readonly string[];
  /** Runs under other set-up data, each in a fresh server. */
  variants: readonly { id: string; setup: readonly string[] }[];
  /** Keys that checks ask for by name: they are in the evidence however large the keyspace is. */
  keys: readonly string[];
}

export interface CollectionRequest {
  plan: CollectionPlan;
  script: Script;
  engine: Engine;
  limits: ScriptLimits;
  /** A valkey-cli of this machine; undefined for none. */
  cli: string | undefined;
}

/**
 * Runs the script against a fresh server, once plain and once for each variant, and collects what is seen.
 * Judges nothing. Servers are stopped in the background: `runCleanups` waits for them.
 * Throws InfrastructureError, and UsageError where the script's folder cannot be copied.
 */
export async function collectEvidence(request: CollectionRequest): Promise<Evidence> {
  const { plan, script } = request;
  const runs = [{ id: null, setup: plan.setup }, ...plan.variants];
  const collected = await Promise.all(runs.map(({ id, setup }) => collectRun(request, id, setup)));
  const [main] = collected;
  if (!main) throw new Error('a plan has at least its main run');
  return {
    version: EVIDENCE_VERSION,
    challenge: plan.challenge,
    environment: main.environment,
    script: { name: script.name, language: script.language.id, text: await sourceText(script.path) },
    runs: collected.map(({ run }) => run),
  };
}

interface CollectedRun {
  run: RunEvidence;
  environment: Environment;
}

async function collectRun(
  request: CollectionRequest,
  variant: string | null,
  setup: readonly string[],
): Promise<CollectedRun> {
  const { engine, script, limits, cli } = request;
  const [starting, preparing] = await Promise.allSettled([
    engine.start(),
    prepareScript(script, limits, cli),
  ]);
  if (starting.status === 'rejected') throw starting.reason;
  const server = starting.value;
  try {
    if (preparing.status === 'rejected') throw preparing.reason;
    const session = await GraderSession.open(server.address);
    try {
      await seed(session, setup);
      const observed = await observe(request, server, session, preparing.value);
      const environment = { engine: engine.kind, image: engine.image, server: await session.version() };
      return { run: { variant, ...observed }, environment };
    } finally {
      session.close();
    }
  } catch (error) {
    throw await explainEnd(error, server);
  } finally {
    cleanUpLater(server.stop);
  }
}

/** The heart of a run: a snapshot, the script under observation, and a snapshot. */
async function observe(
  { plan }: CollectionRequest,
  server: RunningServer,
  session: GraderSession,
  script: PreparedScript,
): Promise<Omit<RunEvidence, 'variant'>> {
  const before = await takeSnapshot(session, plan.keys);
  const serverStart = await session.time();
  // From here until the trace is finished the grader runs no command that MONITOR shows (those of category
  // admin are never shown): the trace is the learner's alone.
  const recorder = await TraceRecorder.start(server.address, session);
  try {
    const began = performance.now();
    const { process, replies } = await script.run({ host: server.address.host, port: server.address.port });
    const elapsedMs = Math.round(performance.now() - began);
    await session.lockOutLearner();
    const trace = await recorder.finish(session);
    const serverEnd = await session.time();
    const after = await takeSnapshot(session, plan.keys);
    return {
      clock: { serverStart, serverEnd, elapsedMs },
      before,
      after,
      trace: replies ? { ...trace, entries: assignLines(trace.entries, replies) } : trace,
      denied: await readDeniedCommands(session),
      process,
      replies,
    };
  } finally {
    recorder.abandon();
  }
}

/** Runs the set-up commands. They are the grader's: one that the server refuses is not the learner's fault. */
async function seed(session: GraderSession, setup: readonly string[]): Promise<void> {
  await session.callAll(setup.map(splitArguments));
}

/** Says so where an error came of a server that died. */
async function explainEnd(error: unknown, server: RunningServer): Promise<unknown> {
  if (!(error instanceof InfrastructureError)) return error;
  const end = await server.end().catch((reason: unknown) => messageOf(reason));
  return end === null
    ? error
    : new InfrastructureError(`The grading server ended by itself (${end}): ${error.message}`, {
        cause: error,
      });
}

async function sourceText(path: string): Promise<string | null> {
  const bytes = await readFile(path);
  if (bytes.length > EvidenceLimits.sourceBytes || bytes.includes(0)) return null;
  return bytes.toString();
}
