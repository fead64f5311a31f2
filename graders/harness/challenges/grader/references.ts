import { messageOf } from '../../base/errors.ts';
import { didYouMean } from '../../base/text/nearest.ts';
import { SETTINGS, whyNotAllowed, whyNotSet } from '../../evidence/server-rules.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import type { CheckFile, GraderFile } from './grader-file.ts';

/** Something wrong at a place of a grader file: `['checks', 2, 'needs']`. */
export interface ReferenceProblem {
  path: readonly (string | number)[];
  message: string;
}

/** What a schema cannot say: ids are unique, references lead somewhere, points sum, set-up can be read. */
export function referenceProblems(content: GraderFile): ReferenceProblem[] {
  const { checks, variants = [], setup = [] } = content;
  return [
    ...wrongServer(content),
    ...usedTwice('variants', variants),
    ...usedTwice('checks', checks),
    ...checks.flatMap((_, index) => wrongNeeds(checks, index)),
    ...wrongVariants(content),
    ...wrongSum(content),
    ...checks.flatMap(wrongConditions),
    ...unreadable(setup, ['setup']),
    ...variants.flatMap((variant, index) => unreadable(variant.setup, ['variants', index, 'setup'])),
    ...checks.flatMap((check, index) =>
      [check, ...(check.and ?? [])].flatMap(({ rival }) =>
        Array.isArray(rival) ? unreadable(rival.map(String), ['checks', index, 'rival']) : [],
      ),
    ),
    ...checks.flatMap((check, index) =>
      [check, ...(check.and ?? [])].flatMap(({ kind, command }) =>
        kind === 'answer' ? unreadable([String(command)], ['checks', index]) : [],
      ),
    ),
  ];
}

/** What a challenge would change of its server that none may. */
function wrongServer({ server, minVersion }: GraderFile): ReferenceProblem[] {
  const { config = {}, allow = [] } = server ?? {};
  const twice = minVersion !== undefined && server?.minVersion !== undefined;
  return [
    ...Object.entries(config).flatMap(([name, value]) => {
      const message = whyNotSet(name, String(value));
      const meant = SETTINGS.includes(name.toLowerCase()) ? '' : didYouMean(name, SETTINGS);
      return message === undefined ? [] : [{ path: ['server', 'config', name], message: message + meant }];
    }),
    ...allow.flatMap((name, index) => {
      const message = whyNotAllowed(name);
      return message === undefined ? [] : [{ path: ['server', 'allow', index], message }];
    }),
    ...(twice ? [{ path: ['server', 'minVersion'], message: 'minVersion is said twice' }] : []),
  ];
}

function usedTwice(list: 'checks' | 'variants', items: readonly { id: string }[]): ReferenceProblem[] {
  return items.flatMap(({ id }, index) =>
    items.findIndex((other) => other.id === id) < index
      ? [{ path: [list, index, 'id'], message: `the id ${id} is used twice` }]
      : [],
  );
}

function wrongNeeds(checks: readonly CheckFile[], index: number): ReferenceProblem[] {
  const { id, needs = [] } = checks[index] ?? {};
  const before = new Set(checks.slice(0, index).map((check) => check.id));
  return needs
    .filter((need) => !before.has(need))
    .map((need) => ({
      path: ['checks', index, 'needs'],
      message: `needs ${need}, which is no check that stands before this one${whyNot(checks, String(id), need)}`,
    }));
}

function whyNot(checks: readonly CheckFile[], id: string, need: string): string {
  if (need === id) return ': it is this one';
  const others = checks.map((check) => check.id);
  if (!others.includes(need))
    return didYouMean(
      need,
      others.filter((other) => other !== id),
    );
  return reaches(checks, need, id) ? ': it needs this one itself, a cycle' : ': it stands further down';
}

/** True where a check needs another one, be it through others. */
function reaches(checks: readonly CheckFile[], from: string, to: string): boolean {
  const seen = new Set<string>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...(checks.find((check) => check.id === id)?.needs ?? []));
  }
  return false;
}

/** What a check has once. */
const OF_THE_CHECK = ['id', 'title', 'points', 'needs', 'variant', 'alsoIn', 'hints', 'and'];

function wrongConditions({ and = [] }: CheckFile, index: number): ReferenceProblem[] {
  return and.flatMap((condition, part) => {
    const path = ['checks', index, 'and', part];
    const [misplaced] = OF_THE_CHECK.filter((name) => name in condition);
    if (misplaced !== undefined)
      return [
        { path: [...path, misplaced], message: `${misplaced} is the whole check's: it stands beside and` },
      ];
    return condition.kind === 'custom'
      ? [{ path: [...path, 'kind'], message: 'a function of your own can be no part of a check' }]
      : [];
  });
}

function wrongVariants({ checks, variants = [] }: GraderFile): ReferenceProblem[] {
  const ids = variants.map(({ id }) => id);
  const wrong = (id: string, path: ReferenceProblem['path']) =>
    ids.includes(id) ? [] : [{ path, message: `there is no variant named ${id}${didYouMean(id, ids)}` }];
  return checks.flatMap(({ variant, alsoIn = [] }, index) => [
    ...(variant === undefined ? [] : wrong(variant, ['checks', index, 'variant'])),
    ...alsoIn.flatMap((id, at) => wrong(id, ['checks', index, 'alsoIn', at])),
  ]);
}

function wrongSum({ points, checks }: GraderFile): ReferenceProblem[] {
  const sum = checks.reduce((total, check) => total + check.points, 0);
  if (Math.abs(sum - points) <= 1e-9) return [];
  return [{ path: ['points'], message: `points is ${points}, but the checks' points sum to ${sum}` }];
}

function unreadable(commands: readonly string[], path: readonly (string | number)[]): ReferenceProblem[] {
  return commands.flatMap((command, index) => {
    try {
      splitArguments(command);
      return [];
    } catch (error) {
      const message = `a command cannot be read: ${messageOf(error)}`;
      return [{ path: [...path, index], message }];
    }
  });
}
