import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  EVIDENCE_CASES,
  type EvidenceCase,
  type EvidenceMeasurement,
  type EvidenceRow,
  summariseEvidence,
} from './result.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

/**
 * Measures how evidence is recorded of very large keyspaces and very long traces, on the local engine, each in
 * a fresh process. `tell` is told what runs. Rejects where the evidence lacks something that it should hold.
 */
export async function measureEvidence(tell: (what: string) => void): Promise<EvidenceRow[]> {
  const measurements: EvidenceMeasurement[] = [];
  for (const id of Object.keys(EVIDENCE_CASES) as EvidenceCase[]) {
    tell(EVIDENCE_CASES[id].what);
    measurements.push({ id, ...(await measureCase(id)) });
  }
  return summariseEvidence(measurements);
}

/**
 * Measures one case, with one in `divisor` of its keys or commands. Rejects where the evidence lacks something that
 * it should hold.
 */
export async function measureCase(
  id: EvidenceCase,
  divisor = 1,
): Promise<{ seconds: number; peakMiB: number }> {
  const args = ['--import', 'tsx', CHILD, id, String(divisor)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { seconds, peakMiB, complaint } = JSON.parse(stdout) as {
    seconds: number;
    peakMiB: number;
    complaint: string | null;
  };
  if (complaint !== null) throw new Error(`${EVIDENCE_CASES[id].what}: ${complaint}`);
  return { seconds, peakMiB };
}
