import { cleanUpLater } from '../../base/cleanup.ts';
import type { ScriptCalls } from '../../evidence/calls.ts';
import { isNotAllListed } from '../../evidence/data-types/index.ts';
import type { Environment, Evidence, Keyspace, LeftBehind, RunEvidence } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { assignLines } from '../../evidence/lines.ts';
import { givenCommands } from '../../evidence/server-rules.ts';
import { EVIDENCE_VERSION } from '../../evidence/version.ts';
import type { Engine, RunningServer } from '../engine/engine.ts';
import { replayRun } from '../replay/replay.ts';
import type { ScriptLimits } from '../script/limits.ts';
import { prepareScript } from '../script/prepare-script.ts';
import type { PreparedScript, Sandbox } from '../script/sandbox.ts';
import { readScript } from '../submission/read-script.ts';
import type { Script } from '../submission/script.ts';
import { requireAskable } from './askable.ts';
import { learnersAtRest } from './at-rest.ts';
import { readDeniedCommands } from './denied-commands.ts';
import { openDeputy } from './deputy.ts';
import { withDigests } from './digests.ts';
import { GraderSession, loadClient } from './grader-session.ts';
import { lockOutLearner } from './lock-out.ts';
import { type Afterwards, lookAfterwards } from './look-afterwards.ts';
import { MessageRecorder } from './message-recorder.ts';
import type { PlannedVariant, RecordingPlan } from './recording-plan.ts';
import { countRefusals, refusedSince } from './refused-commands.ts';
import { prepareScriptCalls } from './script-calls.ts';
import { seed } from './seed.ts';
import { causeOfLoss, explainEnd } from './server-end.ts';
import { makeSettings, readSettings, restoreSettings } from './settings.ts';
import { takeSnapshot } from './snapshot.ts';
import { TraceRecorder } from './trace-recorder.ts';

export interface RecordingRequest {
  plan: RecordingPlan;
  script: Script;
  engine: Engine;
  sandbox: Sandbox;
  limits: ScriptLimits;
}

/**
 * Runs the script against a fresh server, once plain and once for each variant, and records what is seen.
 * Judges nothing. Servers are stopped in the background: `runCleanups` waits for them.
 * Throws InfrastructureError, and UsageError if the script itself cannot be copied.
 */
export async function recordEvidence(request: RecordingRequest): Promise<Evidence> {
  const { plan, script } = request;
  const started = recordRun(request, { id: null, setup: plan.setup }, scriptItself(request));
  const [main, ...variants] = await Promise.all([
    started,
    ...plan.variants.map((variant) =>
      recordRun(
        request,
        variant,
        variant.calls ? itsCalls(request, variant.calls, started) : scriptItself(request),
      ),
    ),
  ]);
  return {
    version: EVIDENCE_VERSION,
    challenge: plan.challenge,
    environment: main.environment,
    script: {
      name: script.name,
      language: script.language.id,
      text: await sourceText(script.path),
      ...(main.leftBehind && { leftBehind: main.leftBehind }),
    },
    runs: [main, ...variants].map(({ run }) => run),
  };
}

interface RecordedRun {
  run: RunEvidence;
  environment: Environment;
  leftBehind: LeftBehind | undefined;
}

function scriptItself({ script, limits, sandbox }: RecordingRequest): Promise<PreparedScript> {
  return prepareScript(script, limits, sandbox);
}

/** Calls of the Lua script that the main run shows. */
async function itsCalls(
  { limits }: RecordingRequest,
  calls: ScriptCalls,
  main: Promise<RecordedRun>,
): Promise<PreparedScript> {
  return prepareScriptCalls(calls, (await main).run.trace, limits);
}

async function recordRun(
  request: RecordingRequest,
  { id, setup, calls }: Omit<PlannedVariant, 'id'> & { id: string | null },
  ready: Promise<PreparedScript>,
): Promise<RecordedRun> {
  const { engine, sandbox, plan: planned } = request;
  const { config = {}, allow = [], image } = planned.server ?? {};
  const [starting, preparing] = await Promise.allSettled([engine.start(image), ready, loadClient()]);
  try {
    if (starting.status === 'rejected') throw starting.reason;
    if (preparing.status === 'rejected') throw preparing.reason;
    const server = starting.value;
    const session = await GraderSession.open(server.address, givenCommands(allow));
    try {
      await makeSettings(session, config);
      const settings = planned.server && (await readSettings(session));
      await seed(session, setup);
      const asked = request.plan.serverQuestions?.(id) ?? [];
      await requireAskable(session, asked);
      const environment = {
        engine: engine.kind,
        sandbox: sandbox.kind,
        image: image ?? engine.image,
        server: await session.version(),
      };
      const plan = { ...request.plan, asked, allow, hasSettings: settings !== undefined };
      const observed = await observe(plan, server, session, preparing.value);
      // Replies to calls of ours stand on no line of the learner's.
      if (!calls) observed.trace = withLines(observed.trace, observed.replies);
      const run = { variant: id, ...observed };
      const rivals = request.plan.rivals?.(id);
      if (run.lost === null) {
        if (settings) await restoreSettings(session, settings);
        run.replay = await replayRun({ server, session, setup, run, ...(rivals && { rivals }) });
      }
      return { run, environment, leftBehind: preparing.value.leftBehind };
    } catch (error) {
      throw await explainEnd(error, server);
    } finally {
      session.close();
    }
  } finally {
    if (starting.status === 'fulfilled') cleanUpLater(starting.value.stop);
    if (preparing.status === 'fulfilled') cleanUpLater(preparing.value.remove);
  }
}

type Observed = Omit<RunEvidence, 'variant'>;

/** What is looked at in one run. */
type RunPlan = Afterwards & Pick<RecordingPlan, 'questions'>;

/** The heart of a run: a snapshot, the script under observation, and a snapshot. */
async function observe(
  plan: RunPlan,
  server: RunningServer,
  session: GraderSession,
  script: PreparedScript,
): Promise<Observed> {
  const before = await withDigests(session, await takeSnapshot(session, plan.keys), (_, key) =>
    isNotAllListed(key),
  );
  // It subscribes by commands that the trace must not show.
  const subscriber = await MessageRecorder.start(server.address, session);
  try {
    return { before, ...(await observeScript(server, session, script, { before, plan, subscriber })) };
  } finally {
    subscriber.abandon();
  }
}

interface Observation {
  plan: RunPlan;
  before: Keyspace;
  subscriber: MessageRecorder;
}

/** What the script does, and what it leaves. */
async function observeScript(
  server: RunningServer,
  session: GraderSession,
  script: PreparedScript,
  { plan, before, subscriber }: Observation,
): Promise<Omit<Observed, 'before'>> {
  const serverStart = await session.time();
  const refusals = await countRefusals(session);
  const deputy = await openDeputy(server.address, session, plan.allow);
  // From here until the trace is finished the grader runs no command that MONITOR shows (those of category
  // admin are never shown): the trace is the learner's alone.
  const recorder = await TraceRecorder.start(server.address, session, plan.questions);
  try {
    const began = performance.now();
    const outcome = await script.run(server, {
      atRest: () => learnersAtRest(session),
      ...(deputy && { deputy: deputy.send }),
    });
    const elapsedMs = Math.round(performance.now() - began);
    try {
      await lockOutLearner(session, server);
      const trace = await recorder.finish(session);
      const messages = await subscriber.finish();
      const refused = await refusedSince(refusals, session);
      const serverEnd = await session.time();
      const found = await lookAfterwards(server, session, plan, before);
      const denied = await readDeniedCommands(session);
      return {
        clock: { serverStart, serverEnd, elapsedMs },
        ...found,
        trace,
        denied,
        refused,
        messages,
        lost: null,
        replay: null,
        ...outcome,
      };
    } catch (error) {
      const lost = await causeOfLoss(error, server);
      if (lost === null) throw error;
      const trace = recorder.abandon();
      const messages = subscriber.abandon();
      const clock = { serverStart, serverEnd: serverStart + elapsedMs, elapsedMs };
      return { clock, after: { databases: [] }, trace, denied: [], messages, lost, replay: null, ...outcome };
    }
  } finally {
    deputy?.close();
    recorder.abandon();
  }
}

function withLines(trace: RunEvidence['trace'], replies: RunEvidence['replies']): RunEvidence['trace'] {
  return replies ? { ...trace, entries: assignLines(trace, replies) } : trace;
}

/** The source of a script as evidence keeps it; null where it is not text, or too long. */
export async function sourceText(path: string): Promise<string | null> {
  const bytes = await readScript(path, EvidenceLimits.sourceBytes);
  return bytes === null || bytes.includes(0) ? null : bytes.toString();
}
