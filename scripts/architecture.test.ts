import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEPCRUISE = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

/** A small harness in which imports go wrong, each in a way of its own: what is said of which module. */
const WRONG: Record<string, { code: string; rule: string }> = {
  'judging/checks/asks-the-engine.ts': {
    code: "import '../../recording/engine/engine.ts';",
    rule: 'judging-imports',
  },
  'reports/asks-the-server.ts': {
    code: "import type { CommandConnection } from '../valkey/client/command-connection.ts';",
    rule: 'reports-imports',
  },
  'reports/runs-the-script.ts': {
    code: "await import('../recording/script/script.ts');",
    rule: 'reports-imports',
  },
  'judging/checks/reads-a-file.ts': { code: "import 'node:fs/promises';", rule: 'judging-is-pure' },
  'recording/script/judges.ts': {
    code: "import '../../judging/report.ts';",
    rule: 'recording/script-imports',
  },
  'recording/observe/record-evidence.ts': {
    code: "import '../../judging/report.ts';",
    rule: 'recording/observe-imports',
  },
  'evidence/collected.ts': { code: "import '../recording/observe/seen.ts';", rule: 'evidence-imports' },
  'base/text/knows-evidence.ts': { code: "import '../../evidence/evidence.ts';", rule: 'base-imports' },
  'batch/asks-the-cli.ts': { code: "import '../cli/program.ts';", rule: 'batch-imports' },
  'batch/asks-the-queue.ts': { code: "import './queue/queue.ts';", rule: 'queue-when-asked-for' },
  'cli/loads-the-queue.ts': { code: "import '../batch/queue/queue.ts';", rule: 'queue-when-asked-for' },
  'action/asks-the-cli.ts': { code: "import '../cli/program.ts';", rule: 'action-imports' },
  'batch/starts-a-program.ts': { code: "import 'node:child_process';", rule: 'programs-in-one-place' },
  'cli/measures.ts': { code: "import '../../../scripts/bench.ts';", rule: 'scripts-of-the-repository' },
  'learning/one.ts': { code: "import type { Two } from './two.ts';", rule: 'no-circle' },
  'cli/asks-a-test.ts': { code: "import '../testing/server.ts';", rule: 'no-test-code' },
  'cli/asks-another-test.ts': { code: "import './program.test.ts';", rule: 'no-test-code' },
  'reports/formats/markdown-it.ts': { code: "import 'markdown-it';", rule: 'package-has-a-place' },
  'recording/engine/local/contained.ts': {
    code: "import 'testcontainers';",
    rule: 'testcontainers-in-its-place',
  },
  'judging/checks/client.ts': { code: "import 'iovalkey';", rule: 'iovalkey-in-its-place' },
  'cli/unforeseen.ts': { code: "import 'publint';", rule: 'package-has-a-place' },
  'nowhere/odd.ts': { code: "import '../base/errors.ts';", rule: 'in-a-folder' },
  'loose.ts': { code: "import './base/errors.ts';", rule: 'in-a-folder' },
  'reports/browser/asks-node.ts': { code: "import '../report.ts';", rule: 'browser-code-alone' },
  'reports/asks-a-browser.ts': { code: "import './browser/page.ts';", rule: 'browser-code-in-browsers' },
  'cli/lost.ts': { code: "import './gone.ts';", rule: 'resolvable' },
};

/** Modules that are imported above. */
const RIGHT: Record<string, string> = {
  'base/errors.ts': '',
  'learning/two.ts': "import type { One } from './one.ts';\nexport type Two = One;",
  'recording/engine/engine.ts': '',
  'recording/observe/seen.ts': "import '../script/script.ts';",
  'valkey/client/command-connection.ts': 'export type CommandConnection = string;',
  'recording/script/script.ts': "import '../engine/engine.ts';",
  'judging/report.ts': "import '../evidence/evidence.ts';",
  'reports/report.ts': '',
  'reports/browser/page.ts': '',
  'reports/knows-a-page.ts': "import type { name } from './browser/page.ts';",
  'evidence/evidence.ts': '',
  'batch/queue/queue.ts': "import 'bullmq';",
  'cli/uses-the-queue.ts': "await import('../batch/queue/queue.ts');",
  'cli/program.ts': "import '../judging/report.ts';\nimport '../recording/script/script.ts';",
  'cli/program.test.ts': "import '../testing/server.ts';\nimport 'vitest';",
  'testing/server.ts': "import 'iovalkey';",
  '../../scripts/bench.ts': '',
};

interface Violation {
  from: string;
  rule: { name: string };
}

describe('npm run check:architecture', () => {
  let folder: string;
  let found: [module: string, rule: string][];

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'architecture-')));
    const modules = {
      ...RIGHT,
      ...Object.fromEntries(Object.entries(WRONG).map(([name, { code }]) => [name, code])),
    };
    for (const [name, code] of Object.entries(modules)) {
      const path = join(folder, 'graders', 'harness', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${code}\nexport const name = '';\n`);
    }
    for (const name of ['node_modules', 'package.json']) await symlink(join(ROOT, name), join(folder, name));
    found = violations(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(Object.entries(WRONG))('tells what is wrong with %s', (name, { rule }) => {
    expect(rulesOf(found, name)).toContain(rule);
  });

  it.each(Object.keys(RIGHT))('lets %s pass', (name) => {
    expect(rulesOf(found, name)).toEqual([]);
  });
});

function violations(folder: string): [module: string, rule: string][] {
  const config = join(ROOT, '.dependency-cruiser.mjs');
  const args = [DEPCRUISE, '--config', config, '--output-type', 'json', 'graders'];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { summary } = JSON.parse(output) as { summary: { violations: Violation[] } };
  return summary.violations.map(({ from, rule }) => [from, rule.name]);
}

function rulesOf(found: readonly [module: string, rule: string][], name: string): string[] {
  return found.filter(([from]) => from === `graders/harness/${name}`).map(([, rule]) => rule);
}
