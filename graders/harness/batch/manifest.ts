import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { InfrastructureError, messageOf, UsageError } from '../base/errors.ts';
import { writeDurably } from '../base/output-file.ts';
import { readPlainFile } from '../base/plain-file.ts';
import { layout } from './layout.ts';
import type { BatchSubmission, FoundSubmissions, Learner } from './submission.ts';

/** The version of the batch's folder. */
export const BATCH_VERSION = 1;

/** What a batch is: all that its results are made of beside the journal. */
export interface BatchManifest extends FoundSubmissions {
  version: typeof BATCH_VERSION;
  /** The version of this package. */
  grader: string;
  challenges: { id: string; title: string; points: number }[];
  /** How it is graded: another way would make another batch. */
  settings: BatchSettings;
  /** Which part of a larger batch this is; null for all of it. */
  shard: { index: number; count: number } | null;
}

interface BatchSettings {
  engine: string;
  image: string;
  sandbox: string;
  /** Seconds. */
  timeout: number;
  /** ISO 8601, UTC; null for none. */
  deadline: string | null;
}

/**
 * Begins a batch in a folder, or goes on with the one that is there. Submissions may have come since; how they
 * are graded may not have changed. Throws UsageError, and InfrastructureError where the folder cannot be written.
 */
export async function beginBatch(out: string, manifest: BatchManifest): Promise<void> {
  if (existsSync(layout(out).manifest)) {
    const before = await readManifest(out);
    const change = firstChange(before, manifest);
    if (change !== undefined)
      throw new UsageError(
        `${out} holds a batch with another ${change}. Name another folder for --out, or grade as before.`,
      );
  }
  await writeManifest(out, manifest);
}

/** Makes the folder of a batch where it is not there. Throws UsageError. */
export async function makeBatchFolder(out: string): Promise<void> {
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw new UsageError(`${out} cannot be made a folder: ${messageOf(error)}`, { cause: error });
  });
}

/** Writes what a batch is. Throws InfrastructureError. */
export async function writeManifest(out: string, manifest: BatchManifest): Promise<void> {
  try {
    await writeDurably(layout(out).manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  } catch (error) {
    throw new InfrastructureError(
      `${layout(out).manifest} cannot be written: ${messageOf(error)}\nNothing that was graded before is lost: mend that, and run the same command again.`,
      { cause: error },
    );
  }
}

/** More than the manifest of any class. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Reads what a batch is. Throws UsageError where the folder holds none. */
export async function readManifest(out: string): Promise<BatchManifest> {
  const bytes = readPlainFile(layout(out).manifest, MOST_BYTES);
  if (bytes === null)
    throw new UsageError(`${out} holds no batch: batch.json cannot be read. Name the --out folder of one.`);
  const text = bytes.toString();
  const manifest = parse(text, out);
  if (manifest.version !== BATCH_VERSION)
    throw new UsageError(
      `${layout(out).manifest} is of version ${JSON.stringify(manifest.version)}, and only ${BATCH_VERSION} can be read.`,
    );
  return manifest;
}

function parse(text: string, out: string): BatchManifest {
  try {
    const manifest = JSON.parse(text) as BatchManifest | null;
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return manifest;
    throw new Error('it does not say what version it is of');
  } catch (error) {
    throw new UsageError(`${layout(out).manifest} is broken: ${messageOf(error)}`, { cause: error });
  }
}

/** What is different in how two batches are graded, in words; undefined for nothing. */
function firstChange(before: BatchManifest, now: BatchManifest): string | undefined {
  const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);
  const ids = ({ challenges }: BatchManifest) => challenges.map(({ id }) => id);
  if (before.grader !== now.grader) return `version of the grader (${before.grader})`;
  if (!same(ids(before), ids(now))) return `list of challenges (${ids(before).join(', ')})`;
  if (!same(before.shard, now.shard)) return 'shard';
  const settings = Object.keys(now.settings) as (keyof BatchSettings)[];
  return settings.find((name) => before.settings[name] !== now.settings[name]);
}

/** Somebody whom results name. */
export interface Participant {
  submission: BatchSubmission | null;
  learner: Learner | null;
  /** True where their work could not be had, through no fault of theirs. */
  missed: boolean;
}

/** Everybody whom results name: who submitted, whose work could not be had, and who did not submit. */
export function everybody({ submissions, notSubmitted, faults }: BatchManifest): Participant[] {
  return [
    ...submissions.map((submission) => ({ submission, learner: submission.learner, missed: false })),
    ...faults.flatMap(({ learner = null }) => (learner ? [{ submission: null, learner, missed: true }] : [])),
    ...notSubmitted.map((learner) => ({ submission: null, learner, missed: false })),
  ];
}
