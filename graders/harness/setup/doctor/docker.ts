import { messageOf } from '../../base/errors.ts';
import type { TestbedChoice } from '../../grading/testbed.ts';
import { diagnoseDocker, socketPath, whoMayUse } from '../../recording/engine/docker/diagnosis.ts';
import { askDocker } from '../../recording/engine/docker/ping.ts';
import { selectEngine } from '../../recording/engine/select.ts';
import { type Finding, findings } from './finding.ts';
import { probeEngine } from './probe.ts';
import { shortcomingOf } from './server.ts';

/** The Docker engine, whether it is ours to use, and the two images. Pulls nothing. */
export async function examineDocker(choice: TestbedChoice): Promise<Finding[]> {
  const engine = await examineEngine();
  if (engine.state === 'wrong') return [engine];
  const image = await examineServerImage(choice);
  return [engine, image, await examineRuntimeImage(choice.runtimeImage)];
}

async function examineEngine(): Promise<Finding> {
  const { fine, wrong } = findings('docker', 'Docker');
  const replies = await askDocker();
  const answer = replies.find(({ problem }) => problem === null);
  if (!answer) {
    const { reason, remedy } = diagnoseDocker(replies);
    return wrong(reason.replace(/\.$/, ''), remedy);
  }
  const { address, product } = answer;
  // `Docker/28.0.1 (linux)`.
  const version = /^(?:Docker\/)?([^\s/]+)(?:\s|$)/.exec(product ?? '')?.[1] ?? product ?? 'a version untold';
  const users = address.startsWith('unix://') ? `; ${whoMayUse(socketPath(address))}` : '';
  return fine(`${version} answers at ${socketPath(address)}${users}`);
}

async function examineServerImage({ image, sandbox }: TestbedChoice): Promise<Finding> {
  const { fine, limited, wrong } = findings('server-image', 'Server image');
  try {
    if (!(await isThere(image)))
      return limited(`${image} is not there yet: it is pulled when it is first used`, `docker pull ${image}`);
    const network = sandbox === 'container' ? 'none' : 'published';
    // It tells nothing: what it would pull is there.
    const engine = await selectEngine({ engine: 'docker', image }, network, () => undefined);
    const server = await probeEngine(engine);
    const found = `${image}: a server from it answers (${server.name} ${server.version})`;
    const shortcoming = shortcomingOf(server);
    return shortcoming === null ? fine(found) : limited(`${found}; ${shortcoming}`);
  } catch (error) {
    return wrong(oneLine(messageOf(error)), `docker run --rm ${image} valkey-server --version`);
  }
}

async function examineRuntimeImage(image: string): Promise<Finding> {
  const { fine, wrong } = findings('runtime-image', 'Runtime image');
  const { buildCommand } = await import('../../recording/script/container-sandbox/sandbox.ts');
  try {
    if (await isThere(image)) return fine(`${image}: scripts can be kept in containers`);
    return wrong(`${image} is not there: --sandbox container needs it`, buildCommand(image));
  } catch (error) {
    return wrong(oneLine(messageOf(error)), buildCommand(image));
  }
}

/** Loaded only where an engine answers: testcontainers takes its time. */
async function isThere(image: string): Promise<boolean> {
  const { hasImage } = await import('../../recording/engine/docker/client.ts');
  return hasImage(image);
}

function oneLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
