import type { CheckFile, ConditionFile } from '../challenges/grader/grader-file.ts';
import { checkKind } from '../judging/checks/kinds/index.ts';
import { jsonLeaves } from './json-leaves.ts';

/** A command that a check expects: its names, any of which will do, and its first arguments as far as they are fixed. */
interface ExpectedCommand {
  names: readonly string[];
  args: readonly string[];
  /** True where `args` is all that the check wants of it. */
  whole: boolean;
}

/** What a check expects by name, for comparing with the texts around it. */
export interface CheckExpectations {
  keys: string[];
  /** Names of fields. */
  fields: string[];
  /** Texts and numbers that the keyspace must hold. */
  values: string[];
  /** What must be printed, or stand in an option of a command. */
  answers: string[];
  /** By how much a number must have grown. */
  amounts: number[];
  /** A TTL in seconds; null for none. */
  seconds: number | null;
  commands: ExpectedCommand[];
}

/** What a check expects. A parameter that is not known here is no expectation: a rule rather misses one. */
export function expectationsOf(check: CheckFile): CheckExpectations {
  const all = [check, ...(check.and ?? [])].map(expectedBy);
  return {
    keys: all.flatMap(({ keys }) => keys),
    fields: all.flatMap(({ fields }) => fields),
    values: all.flatMap(({ values }) => values),
    answers: all.flatMap(({ answers }) => answers),
    amounts: all.flatMap(({ amounts }) => amounts),
    seconds: all.find(({ seconds }) => seconds !== null)?.seconds ?? null,
    commands: all.flatMap(({ commands }) => commands),
  };
}

function expectedBy(check: ConditionFile): CheckExpectations {
  // Of a function nobody knows what it expects.
  const expects = check.kind === 'custom' ? 'nothing' : checkKind(check.kind)?.expects;
  const none = expects === 'nothing';
  const of = (name: string) => (none ? undefined : check[name]);
  const source = recordOf(of('from'));
  const each = recordOf(of('each'));
  const fields = { ...recordOf(of('fields')), ...recordOf(each.fields) };
  const scores = { ...recordOf(of('members')), ...recordOf(each.scores) };
  const matchers = [of('value'), each.value, ...Object.values(fields)];
  const listed = [of('items'), of('members'), of('texts'), each.has].filter(Array.isArray).flat();
  const commands = none ? [] : patternsOf(check);
  const isOutput = expects === 'output';
  return {
    keys: texts([
      of('key'),
      of('keys'),
      // Of output it is a regular expression.
      isOutput ? undefined : of('pattern'),
      of('from'),
      of('to'),
      source.fields,
      source.values,
      source.elements,
      source.members,
    ]),
    fields: [...Object.keys(fields), ...texts([of('field')])],
    values: [
      ...matchers.flatMap(literals),
      ...(isOutput ? [] : listed.flatMap(literals)),
      ...Object.entries(scores).flatMap(([member, score]) => [member, ...literals(score)]),
    ],
    answers: [
      ...(isOutput ? listed.flatMap(literals) : []),
      ...commands.flatMap(({ options }) => Object.values(options).flatMap(literals)),
    ],
    amounts: matchers.flatMap(amountsOf),
    seconds: typeof of('seconds') === 'number' ? Number(of('seconds')) : null,
    commands: commands.map(expectedCommand),
  };
}

interface Pattern {
  names: string[];
  args: unknown[];
  more: boolean;
  options: Record<string, unknown>;
}

function patternsOf(check: ConditionFile): Pattern[] {
  const several = Array.isArray(check.commands) ? check.commands : [check];
  const all = several.filter(isRecord).flatMap((one) => (Array.isArray(one.anyOf) ? one.anyOf : [one]));
  return all.filter(isRecord).flatMap(({ command, args, has, options }) => {
    const names = [command].flat().filter((name) => typeof name === 'string');
    if (names.length === 0) return [];
    return [
      {
        names: names.map((name) => name.toUpperCase()),
        args: Array.isArray(args) ? args : [],
        more: has !== undefined || options !== undefined,
        options: isRecord(options) ? options : {},
      },
    ];
  });
}

function expectedCommand({ names, args, more }: Pattern): ExpectedCommand {
  const firstOpen = args.findIndex((arg) => exact(arg) === undefined);
  const fixed = firstOpen === -1 ? args : args.slice(0, firstOpen);
  return { names, args: fixed.flatMap((arg) => exact(arg) ?? []), whole: firstOpen === -1 && !more };
}

/** The one text that a matcher lets pass; undefined where it lets several. */
function exact(matcher: unknown): string | undefined {
  const wanted = isRecord(matcher) ? (matcher.equals ?? matcher.number) : matcher;
  return typeof wanted === 'string' || typeof wanted === 'number' ? String(wanted) : undefined;
}

/** The texts that a matcher names as right. */
function literals(matcher: unknown): string[] {
  if (!isRecord(matcher)) return [exact(matcher)].filter((text) => text !== undefined);
  const { oneOf, between, near, atLeast, atMost, json } = matcher;
  const numbers = [between, recordOf(near).number, atLeast, atMost].flat();
  const options = Array.isArray(oneOf) ? oneOf : [];
  return [
    ...[exact(matcher), ...[...options, ...numbers].map(exact)].filter((text) => text !== undefined),
    ...jsonLeaves(json),
    ...innerOf(matcher).flatMap(literals),
  ];
}

/** By how much a matcher says that a number must have grown. */
function amountsOf(matcher: unknown): number[] {
  if (!isRecord(matcher)) return [];
  const own = typeof matcher.increasedBy === 'number' ? [matcher.increasedBy] : [];
  return [...own, ...innerOf(matcher).flatMap(amountsOf)];
}

/** The matchers of which a matcher says that they hold: what it forbids nobody need be told. */
function innerOf({ jsonHas, allOf, anyOf }: Record<string, unknown>): unknown[] {
  return [...Object.values(recordOf(jsonHas)), ...[allOf, anyOf].filter(Array.isArray).flat()];
}

function texts(values: readonly unknown[]): string[] {
  return values.flat().filter((value) => typeof value === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
