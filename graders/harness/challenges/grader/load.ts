import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { messageOf, UsageError } from '../../base/errors.ts';
import { readTextOf } from '../../base/plain-file.ts';
import { allAsked } from '../../judging/checks/asked.ts';
import type { BoundCheck } from '../../judging/checks/check-kind.ts';
import { type Finding, PASS } from '../../judging/checks/finding.ts';
import { checkKind } from '../../judging/checks/kinds/index.ts';
import { failIfIncomplete, requireWholeTrace } from '../../judging/checks/require-in-trace.ts';
import type { RunView } from '../../judging/checks/run-view.ts';
import type { Check, CustomChecks, Grader, Variant } from '../../judging/grader.ts';
import type { Collection } from '../collection/collection.ts';
import { type CheckFile, type ConditionFile, minVersionOf, type ParsedGraderFile } from './grader-file.ts';
import { listChallenges } from './list.ts';
import { readGraderFile } from './read-grader-file.ts';
import { referenceProblems } from './references.ts';
import { selectChallenge, selectChallenges, unknownName } from './select.ts';

/**
 * Loads the grader of a challenge. Throws UsageError: for a challenge that is not known with those that
 * are, for a broken file with its line and column.
 */
export async function loadGrader(challenge: string, collection: Collection): Promise<Grader> {
  const file = await graderFile(challenge, collection);
  const name = relative(process.cwd(), file);
  const parsed = await readGraderFile(await readTextOf(file), name);
  const checks = join(collection.graders, `${challenge}.checks.ts`);
  const grader = await buildGrader(challenge, parsed, () => loadCustomChecks(checks, collection));
  return collection.hints === undefined ? grader : { ...grader, hints: collection.hints };
}

/** Loads the grader of the one challenge that a name means. Throws what selecting and loading throw: UsageError. */
export async function loadNamed(name: string, collection: Collection): Promise<Grader> {
  return loadGrader(await selectChallenge(name, collection), collection);
}

/** Loads the graders of all that a selector means. Throws what selecting and loading throw: UsageError. */
export async function loadSelected(selector: string, collection: Collection): Promise<Grader[]> {
  const ids = await selectChallenges(selector, collection);
  return Promise.all(ids.map((id) => loadGrader(id, collection)));
}

/** The grader file of a challenge. Throws UsageError for one that is not known, with those that are. */
export async function graderFile(challenge: string, collection: Collection): Promise<string> {
  const file = join(collection.graders, `${challenge}.yaml`);
  if (/^[\w-]+\/[\w-]+$/.test(challenge) && existsSync(file)) return file;
  throw unknownName(challenge, await listChallenges(collection), collection);
}

async function buildGrader(
  id: string,
  parsed: ParsedGraderFile,
  loadCustom: () => Promise<CustomChecks>,
): Promise<Grader> {
  const { content } = parsed;
  const [problem] = referenceProblems(content);
  if (problem) throw parsed.errorAt(problem.path, problem.message);
  const minVersion = minVersionOf(content);
  const custom = content.checks.some(({ kind }) => kind === 'custom') ? await loadCustom() : {};
  return {
    id,
    title: content.title,
    points: content.points,
    ...(minVersion !== undefined && { minVersion }),
    ...(content.server && { server: content.server }),
    setup: content.setup ?? [],
    variants: (content.variants ?? []).map((variant): Variant => ({ exceptLanguages: [], ...variant })),
    checks: content.checks.map((check, index) => buildCheck(check, index, custom, parsed)),
  };
}

function buildCheck(check: CheckFile, index: number, custom: CustomChecks, parsed: ParsedGraderFile): Check {
  const { id, title, points, needs = [], variant = null, alsoIn, hints, and = [], ...condition } = check;
  const common = { id, title, points, needs, variant, ...(alsoIn && { alsoIn }), hints };
  if (check.kind === 'custom') {
    const name = String(check.function);
    const judge = Object.hasOwn(custom, name) ? custom[name] : undefined;
    if (!judge) {
      throw parsed.errorAt(
        ['checks', index, 'function'],
        `the challenge's .checks.ts has no check named ${JSON.stringify(check.function)}`,
      );
    }
    return { ...common, keys: [], judge: (run) => failIfIncomplete(() => judge(requireWholeTrace(run))) };
  }
  const parts = [condition, ...and].map((one) => bind(one, index, parsed));
  const rivals = parts.flatMap((part) => part.rivals ?? []);
  return {
    ...common,
    keys: parts.flatMap(({ keys }) => keys),
    asks: parts.flatMap(({ asks }) => asks),
    asked: allAsked(parts.map(({ asked }) => asked)),
    serverQuestions: parts.flatMap(({ serverQuestions }) => serverQuestions),
    ...(rivals.length > 0 && { rivals: (run) => rivals.flatMap((rivalsIn) => rivalsIn(run)) }),
    judge: (run) => judgeAll(parts, run),
  };
}

function bind(condition: ConditionFile, index: number, parsed: ParsedGraderFile): BoundCheck {
  const kind = checkKind(condition.kind);
  if (kind) return kind.bind(condition);
  throw parsed.errorAt(
    ['checks', index, 'kind'],
    `there is no kind of check named ${JSON.stringify(condition.kind)}`,
  );
}

/** What the first condition that does not hold says. */
function judgeAll(parts: readonly BoundCheck[], run: RunView): Finding {
  for (const part of parts) {
    const finding = failIfIncomplete(() => part.judge(run));
    if (!finding.passed) return finding;
  }
  return PASS;
}

async function loadCustomChecks(file: string, { root }: Collection): Promise<CustomChecks> {
  const { importTypeScript } = await import('./import-typescript.ts');
  try {
    const module = (await importTypeScript(file, root)) as { checks?: CustomChecks };
    if (!module.checks) throw new Error('it does not export `checks`');
    return module.checks;
  } catch (error) {
    throw new UsageError(`${relative(process.cwd(), file)} could not be loaded: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
