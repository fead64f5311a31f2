import { notify } from '../base/stdout.ts';
import { count } from '../base/text/count.ts';
import { printable } from '../base/text/printable.ts';
import type { Colors } from '../base/text/styles.ts';
import type { Collection } from '../challenges/collection/collection.ts';
import { namedOrAll } from '../challenges/grader/select.ts';
import type { Engine } from '../recording/engine/engine.ts';
import { type EngineChoice, selectEngine } from '../recording/engine/select.ts';
import { type ChallengeSource, readChallenge } from './challenge-source.ts';
import { lintChallenge, type NamedFinding } from './lint.ts';
import { lintMap } from './lint-map.ts';
import { type ProbedServer, probeServer } from './probe-server.ts';

/** What came of looking through challenges. */
export interface Linted {
  /** How many challenges. */
  challenges: number;
  findings: NamedFinding[];
}

/**
 * Holds the challenges that selectors mean to every rule; where none is named, all of a collection, and the map of
 * its missions too. Throws UsageError for what cannot be read, InfrastructureError where no server can be asked.
 */
export async function lintChallenges(
  selectors: readonly string[],
  collection: Collection,
  { coverage = false, ...choice }: EngineChoice & { coverage?: boolean },
): Promise<Linted> {
  const ids = await namedOrAll(selectors, collection);
  const sources = await Promise.all(ids.map((id) => readChallenge(id, collection)));
  const engine = await selectEngine(choice, 'published', notify);
  const servers = await probeServers(engine, sources);
  const findings = [
    ...sources.flatMap((source) => lintChallenge(source, servers(source), coverage)),
    ...(selectors.length === 0 ? await lintMap(collection, ids) : []),
  ];
  return { challenges: ids.length, findings };
}

/** A server of each image that challenges name is asked about those, the engine's own about all others. */
async function probeServers(
  engine: Engine,
  sources: readonly ChallengeSource[],
): Promise<(source: ChallengeSource) => ProbedServer> {
  const imageOf = ({ grader }: ChallengeSource) => grader?.content.server?.image;
  const probed = new Map<string | undefined, ProbedServer>();
  const own = await probeServer(
    engine,
    sources.filter((source) => imageOf(source) === undefined),
  );
  for (const image of new Set(sources.map(imageOf).filter((one) => one !== undefined))) {
    const some = sources.filter((source) => imageOf(source) === image);
    probed.set(image, await probeServer(engine, some, image));
  }
  return (source) => probed.get(imageOf(source)) ?? own;
}

/** The findings as text for a terminal, a line each, and what they come to. */
export function lintPage({ challenges, findings }: Linted, style: Colors): string {
  const looked = count(challenges, 'challenge');
  const sum =
    findings.length === 0
      ? style.green(`${looked}, nothing to mend\n`)
      : style.red(`${looked}, ${count(findings.length, 'finding')}\n`);
  return `${findings.map((finding) => describe(finding, style)).join('')}${sum}`;
}

function describe({ file, line, column, message, rule }: NamedFinding, style: Colors): string {
  return `${style.bold(`${file}:${line}:${column}:`)} ${printable(message)} ${style.dim(`(${rule})`)}\n`;
}
