import { runProgram } from '../../base/run-program.ts';
import { scriptPath, which } from '../../base/which.ts';
import type { LanguageId } from '../../recording/submission/languages.ts';
import { type Finding, findings } from './finding.ts';

/**
 * Prints Python's version, whether pip may install beside the system's packages (PEP 668), and which of the
 * clients it can import.
 */
const ASK_PYTHON = `
import importlib.util, os, sys, sysconfig
managed = sys.prefix == sys.base_prefix and os.path.exists(
    os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED"))
clients = [name for name in ("valkey", "redis") if importlib.util.find_spec(name)]
print(sys.version.split()[0], "managed" if managed else "free", *clients)
`;

/** How what runs the scripts of a language is examined; null where nothing more is needed than the grader has. */
const EXAMINED: Readonly<Record<LanguageId, (() => Promise<Finding>) | null>> = {
  'command-file': null,
  bash: examineBash,
  javascript: null,
  typescript: null,
  python: examinePython,
  executable: null,
};

/** What scripts are run by, beside Node. */
export function examineLanguages(): Promise<Finding[]> {
  return Promise.all(Object.values(EXAMINED).flatMap((examine) => examine?.() ?? []));
}

/** Bash, which runs scripts that end with .sh. */
async function examineBash(): Promise<Finding> {
  const { fine, limited } = findings('bash', 'Bash');
  const text = await outputOf('bash', ['-c', 'echo "$BASH_VERSION"']);
  return text === null
    ? limited('none that works: .sh scripts cannot be graded', installCommand('bash'))
    : fine(text.replace(/\(.*/, ''));
}

/** Python, and a client library of Valkey for it. */
async function examinePython(): Promise<Finding> {
  const { fine, limited } = findings('python', 'Python');
  const text = await outputOf('python3', ['-c', ASK_PYTHON]);
  if (text === null)
    return limited('none that works: .py scripts cannot be graded', installCommand('python3'));
  const [version, kind, client] = text.split(' ');
  if (client !== undefined) return fine(`${version} with the client library ${client}`);
  const install =
    kind === 'managed'
      ? 'python3 -m venv .venv && . .venv/bin/activate && pip install valkey'
      : 'python3 -m pip install valkey';
  return limited(`${version} without a client library of Valkey`, install);
}

/** What a program prints, the one that scripts get; null where it is not there or fails. */
async function outputOf(program: string, args: string[]): Promise<string | null> {
  const path = which(program, scriptPath());
  if (!path) return null;
  const { stdout, exitCode } = await runProgram(path, args, { timeoutMs: 60_000 });
  return exitCode === 0 ? stdout.trim() : null;
}

function installCommand(name: string): string | null {
  if (process.platform === 'darwin') return `brew install ${name}`;
  return which('apt-get') ? `sudo apt-get install ${name}` : null;
}
