import { execFile } from 'node:child_process';
import { parse, sep } from 'node:path';
import { InfrastructureError } from './errors.ts';
import { ownPath, which } from './which.ts';

/** How a program is run. */
export interface ProgramCall {
  /** The folder in which it runs; the root of the file system where nothing else is said. */
  cwd?: string | undefined;
  /** Instead of the environment of this process. */
  env?: Record<string, string | undefined> | undefined;
  /** After so long it is killed, in ms. */
  timeoutMs?: number | undefined;
  /** After so many bytes on either stream it is killed. */
  mostOutput?: number | undefined;
  /** Kills it. */
  signal?: AbortSignal | undefined;
}

/** What came of it. */
export interface ProgramResult {
  /** Null where it was killed. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** True where it was killed since it wrote too much: what is here is the beginning. */
  cut: boolean;
}

/** More than any output that is asked for, in bytes. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/**
 * Runs a program of this machine to its end. It is looked for by {@link which}, and so is what it runs itself: never in
 * a folder that somebody stands in, nor among the programs that packages bring, where a learner could put one of the
 * same name. Never throws for how it ends. Throws InfrastructureError where there is no such program, and what the
 * system throws where it cannot be started.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  {
    cwd = parse(process.cwd()).root,
    env = process.env,
    timeoutMs = 0,
    mostOutput = MOST_OUTPUT,
    signal,
  }: ProgramCall = {},
): Promise<ProgramResult> {
  const path = program.includes(sep) ? program : which(program);
  if (path === undefined) throw new InfrastructureError(`${program} is needed, and cannot be found in PATH.`);
  return new Promise((resolve, reject) => {
    const child = execFile(
      path,
      args,
      {
        cwd,
        env: { ...env, PATH: ownPath(env.PATH) },
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: mostOutput,
        windowsHide: true,
        ...(signal ? { signal } : {}),
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (child.pid === undefined && !signal?.aborted) reject(error);
        else {
          const cut = code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';
          resolve({ exitCode: typeof code === 'number' ? code : null, stdout, stderr, cut });
        }
      },
    );
    child.stdin?.end();
  });
}
