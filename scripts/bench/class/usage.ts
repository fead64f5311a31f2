import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a Node program took, from its start to its end. */
export interface Usage {
  seconds: number;
  /** CPU time of the process itself, in ms. */
  cpuMs: number;
  /** CPU time of all that it started, in ms; null where the system does not tell. */
  childCpuMs: number | null;
  /** The most memory that the process itself held, in MiB. */
  peakMiB: number;
}

/** Ticks of /proc in a second: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Has the process itself write down, as it ends, what nobody else can tell. */
const REPORTER = `
import { readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  let children = null;
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    children = (Number(fields[13]) + Number(fields[14])) * ${1000 / TICKS};
  } catch {
    // No /proc.
  }
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify([(userCPUTime + systemCPUTime) / 1000, children, maxRSS / 1024]));
});`;

/**
 * Runs Node with these arguments to its end. Rejects where it fails with another exit code than those expected.
 */
export async function measureUsage(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Usage> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'usage.json');
    const reporter = `data:text/javascript,${encodeURIComponent(REPORTER)}`;
    const began = performance.now();
    await run(['--import', reporter, ...args], { ...env, BENCH_USAGE: file });
    const seconds = (performance.now() - began) / 1000;
    const [cpuMs, childCpuMs, peakMiB] = JSON.parse(await readFile(file, 'utf8')) as [
      number,
      number | null,
      number,
    ];
    return { seconds, cpuMs, childCpuMs, peakMiB };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(args: readonly string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // The last of what it said is kept, to be told where it fails.
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-2000);
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`node ${args.slice(2).join(' ')} ended with exit code ${code}: ${said.trim()}`));
    });
  });
}
