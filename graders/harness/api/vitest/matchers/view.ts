import type { Evidence, KeySnapshot, RunEvidence } from '../../../evidence/evidence.ts';
import { EVIDENCE_VERSION } from '../../../evidence/version.ts';
import { RunView } from '../../../judging/checks/run-view.ts';

/** What checks look at, where all that was seen is a keyspace at this moment: no script, no commands. */
export function viewOf(keys: KeySnapshot[]): RunView {
  const now = Date.now();
  const nothing = { text: '', bytes: 0, cut: false };
  const run: RunEvidence = {
    variant: null,
    clock: { serverStart: now, serverEnd: now, elapsedMs: 0 },
    before: { databases: [] },
    after: { databases: [{ index: 0, size: keys.length, keys }] },
    trace: { entries: [], total: 0 },
    denied: [],
    process: {
      ended: 'exited',
      exitCode: 0,
      signal: null,
      timeLimitMs: 0,
      stdout: nothing,
      stderr: nothing,
    },
    lost: null,
    replies: null,
    replay: null,
  };
  const evidence: Evidence = {
    version: EVIDENCE_VERSION,
    challenge: '',
    environment: { engine: 'local', sandbox: 'process', image: null, server: { name: '', version: '' } },
    script: { name: '', language: '', text: null },
    runs: [run],
  };
  return new RunView(evidence, run);
}
