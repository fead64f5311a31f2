import { ownManifest } from '../../base/project.ts';
import { isAtLeast } from '../../valkey/notation/version.ts';
import { type Finding, findings } from './finding.ts';

/** The Node that runs this. */
export function examineNode(version = process.versions.node): Finding {
  const { fine, wrong } = findings('node', 'Node');
  const least = leastVersion();
  if (isAtLeast(version, least)) return fine(version);
  return wrong(`${version} is too old: it takes ${least} or later`, installCommand());
}

/** As package.json has it. */
function leastVersion(): string {
  const { engines } = ownManifest() as { engines: { node: string } };
  return engines.node.replace(/^>=\s*/, '');
}

function installCommand(): string {
  if (process.env.NVM_DIR) return 'nvm install --lts';
  return process.platform === 'darwin' ? 'brew install node' : 'sudo npx n lts';
}
