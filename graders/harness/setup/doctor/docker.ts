import { messageOf } from '../../base/errors.ts';
import type { TestbedChoice } from '../../grading/testbed.ts';
import { diagnoseDocker, socketPath, whoMayUse } from '../../recording/engine/docker/diagnosis.ts';
import { readDockerConfig } from '../../recording/engine/docker/docker-config.ts';
import { answering, NAMED_LIMIT_MS } from '../../recording/engine/docker/find-engine.ts';
import { askDocker } from '../../recording/engine/docker/ping.ts';
import { selectEngine } from '../../recording/engine/select.ts';
import { type Finding, findings } from './finding.ts';
import { probeEngine, probeSandbox } from './probe.ts';
import { shortcomingOf } from './server.ts';

/** The Docker engine, whether it is ours to use, and the two images. Pulls nothing. */
export async function examineDocker(choice: TestbedChoice): Promise<Finding[]> {
  const engine = await examineEngine(choice);
  if (engine.state === 'wrong') return [engine];
  const image = await examineServerImage(choice);
  return [engine, ...examinePasswords(), image, await examineRuntimeImage(choice, image)];
}

async function examineEngine({ engine, sandbox }: TestbedChoice): Promise<Finding> {
  const { fine, wrong } = findings('docker', 'Docker');
  // As long as grading would wait.
  const isNamed = engine === 'docker' || sandbox === 'container';
  const replies = await askDocker(isNamed ? NAMED_LIMIT_MS : undefined);
  const answer = answering(replies);
  if (!answer) {
    const { reason, remedy } = diagnoseDocker(replies);
    return wrong(reason.replace(/\.$/, ''), remedy);
  }
  const { address, product, named } = answer;
  // `Docker/28.0.1 (linux)`.
  const version = /^(?:Docker\/)?([^\s/]+)(?:\s|$)/.exec(product ?? '')?.[1] ?? product ?? 'a version untold';
  const users = address.startsWith('unix://') ? `; ${whoMayUse(socketPath(address))}` : '';
  const who = named === null ? '' : `; ${named.by}`;
  return fine(`${version} answers at ${socketPath(address)}${users}${who}`);
}

/** Docker's own settings, where something in them cannot be used. */
function examinePasswords(): Finding[] {
  const { problem } = readDockerConfig();
  if (problem === null) return [];
  const { limited } = findings('docker-config', 'Docker settings');
  return [limited(`${problem}: images are pulled without a password`)];
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

async function examineRuntimeImage(
  { image, runtimeImage }: TestbedChoice,
  serverImage: Finding,
): Promise<Finding> {
  const { fine, limited, wrong } = findings('runtime-image', 'Runtime image');
  const { buildCommand, ContainerSandbox } = await import(
    '../../recording/script/container-sandbox/sandbox.ts'
  );
  try {
    if (!(await isThere(runtimeImage)))
      return wrong(`${runtimeImage} is not there: --sandbox container needs it`, buildCommand(runtimeImage));
    // Without a server there is nothing to try it on, which is told above.
    if (serverImage.state === 'wrong' || !(await isThere(image)))
      return limited(`${runtimeImage} is there, and was not tried: that takes a server`);
    const engine = await selectEngine({ engine: 'docker', image }, 'none', () => undefined);
    const sandbox = await ContainerSandbox.prepare(runtimeImage);
    await probeSandbox(engine, sandbox);
    const found = `${runtimeImage}: scripts can be kept in containers`;
    return sandbox.limitsFiles
      ? fine(found)
      : limited(`${found}, without a limit of how many files they make: this engine knows none`);
  } catch (error) {
    return wrong(`--sandbox container cannot be used: ${messageOf(error).replaceAll('\n', ' ')}`);
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
