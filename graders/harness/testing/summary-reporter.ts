import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

const SLOWEST = 12;

/** Tells at the end what was skipped, and which files took longest. */
export class SummaryReporter implements Reporter {
  readonly #times: boolean;
  #isFiltered = false;

  /** `times`: whether to tell the slowest files. */
  constructor(times: boolean) {
    this.#times = times;
  }

  onInit({ config }: Vitest): void {
    // Then tests are skipped by whoever asked for others.
    this.#isFiltered = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = this.#isFiltered ? [] : modules.flatMap(skippedIn);
    if (skipped.length > 0)
      process.stdout.write(
        `\n Skipped, for want of what they need (Docker, Chromium, python3, another system or user …):\n${skipped.join('')}`,
      );
    if (this.#times) process.stdout.write(`\n Slowest files:\n${slowest(modules).join('')}`);
  }
}

/** A line on what was skipped in a file, and why, where the test says so. */
function skippedIn(module: TestModule): string[] {
  const tests = [...module.children.allTests('skipped')].filter(({ options }) => options.mode !== 'todo');
  if (tests.length === 0) return [];
  const reasons = new Set(tests.map(reasonOf));
  return [line(tests.length, module, ` ${[...reasons].slice(0, 3).join('; ')}`)];
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return note ?? (test.parent.type === 'suite' ? test.parent.fullName : test.name);
}

function slowest(modules: readonly TestModule[]): string[] {
  return modules
    .map((module) => ({ module, seconds: module.diagnostic().duration / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST)
    .map(({ module, seconds }) => line(`${seconds.toFixed(1)} s`, module));
}

function line(figure: number | string, module: TestModule, more = ''): string {
  return `${String(figure).padStart(9)}  [${module.project.name}] ${module.relativeModuleId}${more}\n`;
}
