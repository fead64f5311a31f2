import { devNull } from 'node:os';
import { type ProgramCall, type ProgramResult, runProgram } from './run-program.ts';
import { printable } from './text/printable.ts';
import { which } from './which.ts';

const LONGEST_MS = 60_000;

/** True where there is a git to be called. */
export function hasGit(): boolean {
  return which('git') !== undefined;
}

/**
 * Runs git on repositories that nobody trusts: asks nobody for anything, runs no hooks, starts no programs that
 * a repository names, and hears of no other repository from the environment. What is set here wins over any
 * configuration. Never throws for what git says. Throws InfrastructureError where there is no git.
 */
export async function git(
  args: readonly string[],
  call: Omit<ProgramCall, 'signal'> = {},
): Promise<ProgramResult> {
  const { cwd = process.cwd(), env, timeoutMs = LONGEST_MS, mostOutput } = call;
  return runProgram('git', [...SAFE_SETTINGS.flatMap((setting) => ['-c', setting]), ...args], {
    cwd,
    env: { ...withoutGit(process.env), ...SAFE_VARIABLES, ...env },
    timeoutMs,
    mostOutput,
  });
}

const SAFE_SETTINGS = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.protectHFS=true',
  'core.protectNTFS=true',
  'log.showSignature=false',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'init.defaultBranch=main',
  'advice.detachedHead=false',
];

const SAFE_VARIABLES = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  // Empty, and not left out: git would go on to look for another program that asks.
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  GCM_INTERACTIVE: 'never',
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_PAGER: 'cat',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  // Over any configuration: `ext::` would run a program.
  GIT_ALLOW_PROTOCOL: 'https:ssh:file',
};

/** For reading what is on the disk: no configuration but git's own, so no filters and helpers either. */
export const NO_CONFIGURATION = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_COUNT: '0',
  GIT_CONFIG_PARAMETERS: '',
  GIT_CONFIG_SYSTEM: devNull,
  GIT_CONFIG_GLOBAL: devNull,
  GIT_ATTR_NOSYSTEM: '1',
  GIT_ALLOW_PROTOCOL: 'none',
};

/** The environment without what would point git elsewhere, as it does within a hook; how to reach servers stays. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = /^GIT_(?!SSH|SSL|PROXY|HTTP|CONFIG|EXEC_PATH)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !kept.test(name)));
}

/** What git said was wrong, on one line, without passwords of URLs. */
export function gitError({ exitCode, stderr }: ProgramResult): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const told = lines.filter((line) => /^(?:fatal|error|ERROR): /.test(line));
  const text = (told.length > 0 ? told : lines.filter((line) => line !== '').slice(-3)).join('; ');
  const why = exitCode === null ? 'it took too long' : `git ended with ${exitCode}`;
  return printable(
    withoutPasswords(text === '' ? why : `${exitCode === null ? `${why}: ` : ''}${text}`),
  ).slice(0, 500);
}

/** Hides what stands before the host in URLs, which may be a token. */
export function withoutPasswords(text: string): string {
  return text.replace(/(?<=\w:\/\/)(?!git@)[^\s/@']*@/g, '');
}
