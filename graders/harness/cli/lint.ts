import { readChallenge } from '../authoring/challenge-source.ts';
import { lintChallenge, type NamedFinding } from '../authoring/lint.ts';
import { lintMap } from '../authoring/lint-map.ts';
import { askServer } from '../authoring/server-facts.ts';
import { cleanUpOnSignals } from '../cleanup.ts';
import { type CollectionChoice, chooseCollection } from '../collection/choose.ts';
import { type EngineChoice, selectEngine } from '../engine/select.ts';
import { ExitCode } from '../errors.ts';
import { namedOrAll } from '../grader/select.ts';
import { notify, write } from '../stdout.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { type Colors, styles, wantsColors } from '../text/styles.ts';

export interface LintOptions extends EngineChoice, CollectionChoice {
  json?: boolean;
  color: boolean;
}

/** `keyspace-grader lint`: says what authors should mend in their challenges, without grading anything. */
export async function lintCommand(challenges: readonly string[], options: LintOptions): Promise<number> {
  cleanUpOnSignals();
  const collection = await chooseCollection(options);
  const ids = await namedOrAll(challenges, collection);
  const sources = await Promise.all(ids.map((id) => readChallenge(id, collection)));
  const engine = await selectEngine(options, 'published', notify);
  const server = await askServer(engine, sources);
  const findings = [
    ...sources.flatMap((source) => lintChallenge(source, server)),
    ...(challenges.length === 0 ? await lintMap(collection, ids) : []),
  ];
  const style = styles(wantsColors(process.stdout, options.color));
  if (options.json) await write(`${JSON.stringify(findings, null, 2)}\n`);
  else
    await write(
      `${findings.map((finding) => describe(finding, style)).join('')}${sum(ids, findings, style)}`,
    );
  return findings.length === 0 ? ExitCode.passed : ExitCode.failed;
}

function describe({ file, line, column, message, rule }: NamedFinding, style: Colors): string {
  return `${style.bold(`${file}:${line}:${column}:`)} ${printable(message)} ${style.dim(`(${rule})`)}\n`;
}

function sum(ids: readonly string[], findings: readonly NamedFinding[], style: Colors): string {
  const challenges = count(ids.length, 'challenge');
  if (findings.length === 0) return style.green(`${challenges}, nothing to mend\n`);
  return style.red(`${challenges}, ${count(findings.length, 'finding')}\n`);
}
