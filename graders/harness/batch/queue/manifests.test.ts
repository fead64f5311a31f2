import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { PROJECT_ROOT } from '../../base/project.ts';
import { QUEUE_KEYS } from './grading-queue.ts';

const FOLDER = join(PROJECT_ROOT, 'docs', 'kubernetes');

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec?: { triggers?: { metadata: { listName: string } }[]; scaleTargetRef?: { name: string } };
}

const manifests = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parseAllDocuments(readFileSync(join(FOLDER, name), 'utf8')))
  .map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });

describe('the manifests for Kubernetes', () => {
  it('are of a kind and a name each', () => {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'TriggerAuthentication grading-queue',
      'ScaledObject grading-worker',
      'Secret grading-queue',
      'Service grading-queue',
      'StatefulSet grading-queue',
      'NetworkPolicy grading-queue',
      'Deployment grading-worker',
    ]);
  });

  it('let KEDA count the keys that hold the queue', () => {
    const [scaled] = manifests.filter(({ kind }) => kind === 'ScaledObject');
    expect(scaled?.spec?.triggers?.map(({ metadata }) => metadata.listName)).toEqual([
      QUEUE_KEYS.waiting,
      QUEUE_KEYS.prioritized,
      QUEUE_KEYS.active,
    ]);
    expect(scaled?.spec?.scaleTargetRef?.name).toBe('grading-worker');
  });
});
