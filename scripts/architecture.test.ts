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
  'checks/asks-the-engine.ts': { code: "import '../engine/engine.ts';", rule: 'checks-on-its-layers' },
  'report/asks-the-server.ts': {
    code: "import type { CommandConnection } from '../valkey/command-connection.ts';",
    rule: 'report-on-its-layers',
  },
  'report/runs-the-script.ts': { code: "await import('../script/script.ts');", rule: 'report-on-its-layers' },
  'checks/reads-a-file.ts': { code: "import 'node:fs/promises';", rule: 'judging-is-pure' },
  'script/judges.ts': { code: "import '../checks/check-kind.ts';", rule: 'script-on-its-layers' },
  'evidence/collect.ts': { code: "import '../report/report.ts';", rule: 'collecting-on-its-layers' },
  'evidence/collected.ts': { code: "import './collect.ts';", rule: 'evidence-on-its-layers' },
  'text/knows-evidence.ts': { code: "import '../evidence/evidence.ts';", rule: 'base-on-its-layers' },
  'batch/asks-the-cli.ts': { code: "import '../cli/program.ts';", rule: 'batch-on-its-layers' },
  'action/asks-the-cli.ts': { code: "import '../cli/program.ts';", rule: 'action-on-its-layers' },
  'cli/measures.ts': { code: "import '../bench/bench.ts';", rule: 'cli-on-its-layers' },
  'watch/one.ts': { code: "import type { Two } from './two.ts';", rule: 'no-circle' },
  'cli/asks-a-test.ts': { code: "import '../testing/server.ts';", rule: 'no-test-code' },
  'cli/asks-another-test.ts': { code: "import './program.test.ts';", rule: 'no-test-code' },
  'report/formats/markdown-it.ts': { code: "import 'markdown-it';", rule: 'package-has-a-place' },
  'engine/local/contained.ts': { code: "import 'testcontainers';", rule: 'testcontainers-in-its-place' },
  'checks/client.ts': { code: "import 'iovalkey';", rule: 'iovalkey-in-its-place' },
  'cli/unforeseen.ts': { code: "import 'esbuild';", rule: 'package-has-a-place' },
  'nowhere/odd.ts': { code: "import '../errors.ts';", rule: 'in-a-layer' },
  'cli/lost.ts': { code: "import './gone.ts';", rule: 'resolvable' },
};

/** Modules that are imported above. */
const RIGHT: Record<string, string> = {
  'errors.ts': '',
  'watch/two.ts': "import type { One } from './one.ts';\nexport type Two = One;",
  'engine/engine.ts': '',
  'valkey/command-connection.ts': 'export type CommandConnection = string;',
  'script/script.ts': "import '../engine/engine.ts';",
  'checks/check-kind.ts': '',
  'report/report.ts': "import '../checks/check-kind.ts';",
  'evidence/evidence.ts': '',
  'cli/program.ts': "import '../report/report.ts';\nimport '../script/script.ts';",
  'cli/program.test.ts': "import '../testing/server.ts';\nimport 'vitest';",
  'bench/bench.ts': "import '../engine/engine.ts';",
  'testing/server.ts': "import 'iovalkey';",
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
