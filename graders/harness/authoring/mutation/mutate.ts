import { readFile } from 'node:fs/promises';
import { NotStartedError } from '../../base/errors.ts';
import { inParallel } from '../../base/in-parallel.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import type { Testbed } from '../../grading/testbed.ts';
import type { Grader } from '../../judging/grader.ts';
import { findScript } from '../../recording/submission/find.ts';
import { type Fixture, listFixtures } from '../fixtures/fixture.ts';
import { notGradableHere } from '../fixtures/not-gradable.ts';
import { type Equivalent, matches, readEquivalents } from './equivalents.ts';
import { generateMutants } from './generate.ts';
import { momentsOf } from './moments.ts';
import { type Mutant, type Original, readWords } from './mutant.ts';
import { ReusingEngine } from './reusing-engine.ts';
import { fate, gradeCommands } from './run-mutant.ts';

/** What putting mistakes into the right submissions of a challenge showed. */
export interface MutationResult {
  challenge: string;
  mutants: number;
  killed: number;
  /** Mutants that get full marks by right, as `equivalent.json` says. */
  equivalent: number;
  /** Mutants that get full marks though nobody said that they may. */
  survivors: Mutant[];
  /** What is wrong with the fixtures or with `equivalent.json`, a line each. */
  problems: string[];
  /** Why nothing can be shown on this server; null where it can. */
  notGradable: string | null;
}

/**
 * Puts mistakes into every right command file of a challenge, one at a time, and grades what results: a
 * grader that gives full marks to a mutant has a gap, unless the mutant is right by chance. Grades `jobs`
 * of them at a time, each on servers as good as new. On a server that is too old for the challenge there is
 * nothing to show. Throws InfrastructureError, and UsageError for a broken `equivalent.json`.
 */
export async function mutateGrader(
  grader: Grader,
  collection: Collection,
  bed: Testbed,
  jobs: number,
  equivalents?: readonly Equivalent[],
): Promise<MutationResult> {
  const engine = new ReusingEngine(bed.engine);
  try {
    return await mutateOn(grader, collection, { ...bed, engine }, jobs, equivalents);
  } finally {
    await engine.close();
  }
}

async function mutateOn(
  grader: Grader,
  collection: Collection,
  bed: Testbed,
  jobs: number,
  equivalents: readonly Equivalent[] | undefined,
): Promise<MutationResult> {
  const entries = equivalents ?? (await readEquivalents(grader.id, collection));
  const fixtures = (await listFixtures(grader.id, collection)).filter(({ kind }) => kind === 'pass');
  const { originals, problems, notGradable } = await readOriginals(fixtures, grader, bed, jobs);
  if (notGradable !== null) return { ...nothingShown(grader.id), notGradable };
  const mutants = generateMutants(originals);
  const fates = await inParallel(mutants, jobs, ({ commands }) => fate(commands, grader, bed));
  const survivors = mutants.filter((_, index) => fates[index] === 'survived');
  const unjustified = survivors.filter((mutant) => !entries.some((entry) => matches(entry, mutant)));
  return {
    ...nothingShown(grader.id),
    mutants: mutants.length,
    killed: fates.filter((one) => one === 'killed').length,
    equivalent: survivors.length - unjustified.length,
    survivors: unjustified,
    problems: [
      ...problems,
      ...mutants
        .filter((_, index) => fates[index] === 'error')
        .map((mutant) => `a check of the grader fails to do its work with ${describeMutant(mutant)}`),
      ...entries.flatMap((entry) => staleness(entry, mutants, new Set(survivors))),
    ],
  };
}

function nothingShown(challenge: string): MutationResult {
  const none = { mutants: 0, killed: 0, equivalent: 0, survivors: [], problems: [] };
  return { challenge, ...none, notGradable: null };
}

/** The right command files, each graded once: what its commands answer is known then. */
async function readOriginals(fixtures: readonly Fixture[], grader: Grader, bed: Testbed, jobs: number) {
  const originals = new Map<string, Original>();
  const problems: string[] = [];
  const read = await inParallel(fixtures, jobs, async (fixture) => {
    const source = await commandFile(fixture);
    if (source === undefined) return;
    const commands = readWords(source);
    // With lines that cannot be read it is no plain right answer, of which mistakes would tell something.
    if (commands === undefined) return;
    const graded = await gradeCommands(commands, grader, bed);
    return { fixture, commands, graded };
  });
  for (const one of read) {
    if (!one) continue;
    const { fixture, commands, graded } = one;
    const notGradable = notGradableHere(grader, graded.report);
    if (notGradable !== null) return { originals, problems, notGradable };
    if (graded.report.status !== 'passed') {
      problems.push(`pass/${fixture.name} does not get full marks, so nothing was made of it`);
      continue;
    }
    // Written anew, each command stands on a line of its own.
    const [run] = graded.evidence.runs;
    const replies = new Map(run?.replies?.map(({ line, reply }) => [line, reply]));
    originals.set(fixture.name, {
      commands,
      replies: commands.map((_, index) => replies.get(index + 1)),
      moments: momentsOf(commands, run),
    });
  }
  if (originals.size === 0) problems.push('there is no right command file to make mutants of');
  return { originals, problems, notGradable: null };
}

/** The text of a fixture that is a command file; undefined for another language. */
async function commandFile({ challenge, path }: Fixture): Promise<string | undefined> {
  try {
    const script = await findScript(challenge, path);
    return script.language.id === 'command-file' ? await readFile(script.path, 'utf8') : undefined;
  } catch (error) {
    // A folder without a script: `verify` tells so.
    if (error instanceof NotStartedError) return undefined;
    throw error;
  }
}

/** Why an entry does not hold any more: the mutants it speaks of are gone, or the grader tells them now. */
function staleness(entry: Equivalent, mutants: readonly Mutant[], survivors: ReadonlySet<Mutant>): string[] {
  const meant = mutants.filter((mutant) => matches(entry, mutant));
  const name = `equivalent.json: the entry “${entry.reason}”`;
  if (meant.length === 0) return [`${name} matches no mutant`];
  return meant
    .filter((mutant) => !survivors.has(mutant))
    .map((mutant) => `${name} matches a mutant that loses marks: ${describeMutant(mutant)}`);
}

function describeMutant({ fixture, mutator, removed, added }: Mutant): string {
  const lines = [...removed.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
  return `${mutator} of ${fixture} (${lines.join(', ')})`;
}
