import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { readPlainFile } from '../../../base/plain-file.ts';
import { certificateFiles, type EngineTarget } from './docker-host.ts';

/**
 * Gets a path of an engine's API, without a Docker client. Rejects with what the system says, or where no answer has
 * begun within the limit.
 */
export async function getFromEngine(
  { at, tls }: EngineTarget,
  path: string,
  limitMs: number,
): Promise<IncomingMessage> {
  const options = { ...at, path, timeout: limitMs, agent: false };
  const asked = tls === null ? httpRequest(options) : await tlsRequest(options, tls.folder);
  return new Promise((resolve, reject) => {
    const give = setTimeout(() => asked.destroy(new Error(`no answer within ${limitMs} ms`)), limitMs);
    asked.once('response', resolve);
    asked.once('close', () => clearTimeout(give));
    asked.once('error', reject);
    asked.end();
  });
}

/** With the certificates of the folder; those of the system alone where there is none. Throws where one is missing. */
async function tlsRequest(options: object, folder: string | null): Promise<ClientRequest> {
  const { request } = await import('node:https');
  if (folder === null) return request(options);
  const files = Object.entries(certificateFiles(folder)).map(([name, path]) => {
    const content = readPlainFile(path);
    if (content === null) throw new Error(`there is no ${path}, which TLS needs`);
    return [name, content] as const;
  });
  return request({ ...options, ...Object.fromEntries(files) });
}
