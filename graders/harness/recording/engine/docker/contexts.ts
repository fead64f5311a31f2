import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../base/errors.ts';
import { readPlainFile } from '../../../base/plain-file.ts';
import { dockerConfigFolder, isRecord } from './docker-config.ts';

const SIZE_LIMIT = 1024 * 1024;

/** The engine of a context, or why it cannot be told. */
export type ContextEndpoint = { host: string; certificates: string | null } | { host: null; problem: string };

/**
 * The engine that a context of Docker's command means: Colima, Rancher Desktop and others make one when they start,
 * and their engine answers nowhere else. Its files are read as Docker lays them out; the command need not be there.
 */
export function contextEndpoint(name: string): ContextEndpoint {
  const id = createHash('sha256').update(name).digest('hex');
  const contexts = join(dockerConfigFolder(), 'contexts');
  const file = join(contexts, 'meta', id, 'meta.json');
  try {
    const text = readPlainFile(file, SIZE_LIMIT);
    if (text === null) return { host: null, problem: 'there is no such context' };
    const host = hostIn(JSON.parse(text.toString()));
    if (host === null) return { host, problem: `${file} names no engine` };
    const certificates = join(contexts, 'tls', id, 'docker');
    return { host, certificates: existsSync(certificates) ? certificates : null };
  } catch (error) {
    const why = messageOf(error);
    return { host: null, problem: why.includes(file) ? why : `${file} cannot be read: ${why}` };
  }
}

function hostIn(meta: unknown): string | null {
  const endpoints = isRecord(meta) ? meta.Endpoints : undefined;
  const docker = isRecord(endpoints) ? endpoints.docker : undefined;
  const host = isRecord(docker) ? docker.Host : undefined;
  return typeof host === 'string' && host !== '' ? host : null;
}
