import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../base/project.ts';

/** The action's committed bundle, as seen from the root of this repository. */
export const BUNDLE = join('.github', 'actions', 'grade', 'dist', 'index.js');

export interface ActionCall {
  /** What the runner calls RUNNER_TEMP; the files by which the action tells its outputs are made in it. */
  folder: string;
  /** The submission that was checked out. */
  repository: string;
  inputs: Record<string, string>;
  /** Where the action lies; this repository where it is left out. */
  root?: string;
  /** Variables on top. */
  env?: Record<string, string>;
}

export interface ActionRun {
  exitCode: number;
  log: string;
  outputs: Record<string, string>;
  summary: string;
}

/**
 * Runs the committed bundle (`check:generated` sees to it that it is what the code makes) as GitHub's runner
 * does: inputs and files by the environment.
 */
export async function runActionIn({
  folder,
  repository,
  inputs,
  root = PROJECT_ROOT,
  env = {},
}: ActionCall): Promise<ActionRun> {
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  for (const file of Object.values(files)) await writeFile(file, '');
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    RUNNER_TEMP: folder,
    GITHUB_WORKSPACE: repository,
    ...files,
    ...env,
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  };
  const { exitCode, log } = await new Promise<{ exitCode: number; log: string }>((resolve) => {
    execFile(
      process.execPath,
      [join(root, BUNDLE)],
      { cwd: repository, env: environment },
      (error, stdout, stderr) => resolve({ exitCode: error ? Number(error.code) : 0, log: stdout + stderr }),
    );
  });
  return {
    exitCode,
    log,
    outputs: readOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

/** `name<<mark`, the value, the mark: as the runner reads them. */
function readOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^(\S+?)<<(\S+)\n(.*?)\n?\2$/gms);
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value]));
}
