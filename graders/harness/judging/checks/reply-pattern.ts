import { textOf } from '../../base/bytes.ts';
import type { Schema } from '../../base/document/schema.ts';
import { list } from '../../base/text/count.ts';
import { show } from '../../base/text/printable.ts';
import type { AnsweredReply } from '../../evidence/evidence.ts';
import { describeMatcher, holds, MATCHER_DEFINITION, type Matcher, matcher } from './matcher.ts';
import {
  byName,
  definedAs,
  either,
  listOf,
  objectOf,
  oneOrMore,
  optional,
  textOrNumber,
  yes,
} from './parameters.ts';
import type { ValueConditions } from './value-conditions.ts';

/** Conditions on a reply that is a list, nil or an error. All that are given must hold. */
interface ReplyConditions {
  nil?: true;
  error?: Matcher;
  items?: ReplyPattern[];
  has?: ReplyPattern[];
  count?: Matcher;
  fields?: Record<string, ReplyPattern>;
}

/** What a reply of the server must be: a text, number or matcher for a value, a list for a list, or conditions. */
export type ReplyPattern = string | number | ReplyPattern[] | (ValueConditions & ReplyConditions);

export function replyPattern(options: Schema = {}) {
  return definedAs<ReplyPattern>('reply', options);
}

const ON_REPLIES = {
  nil: optional(yes('Nil: there is nothing.')),
  error: optional(matcher({ description: 'An error whose text is this.' })),
  items: optional(listOf(replyPattern(), { description: 'A list of just these items, in this order.' })),
  has: optional(
    oneOrMore(replyPattern(), { description: 'A list with an item for each of these, in any order.' }),
  ),
  count: optional(matcher({ description: 'A list of so many items.' })),
  fields: optional(
    byName(replyPattern(), {
      description:
        'A list of names and values that take turns, as XINFO and HGETALL answer: what stands behind these names.',
    }),
  ),
};

export const REPLY_DEFINITION = either(
  [
    textOrNumber(),
    listOf(replyPattern()),
    objectOf<ValueConditions & ReplyConditions>({ ...onValues(), ...ON_REPLIES }, { minProperties: 1 }),
  ],
  {
    description:
      'What a reply must be: a text or number to equal, a list for a list of just these items, or conditions that must all hold.',
  },
);

/** The conditions of matchers, but for those that compare with the set-up: there was no such reply then. */
function onValues() {
  const conditions = (MATCHER_DEFINITION as { anyOf?: readonly Schema[] }).anyOf?.find(
    ({ type }) => type === 'object',
  );
  const { changed, increasedBy, ...others } = (conditions?.properties ?? {}) as Record<string, Schema>;
  return Object.fromEntries(Object.entries(others).map(([name, schema]) => [name, optional(schema)]));
}

/** True if a reply is as it must be. `missing` says that not all of it was kept: then a list may have more items. */
export function replyHolds(pattern: ReplyPattern, reply: AnsweredReply, missing = false): boolean {
  if (typeof pattern !== 'object') return isValue(reply) && holds(pattern, reply);
  if (Array.isArray(pattern)) return replyHolds({ items: pattern }, reply, missing);
  const { nil, error, items, has, count, fields, ...conditions } = pattern;
  const found = Array.isArray(reply) ? reply : undefined;
  const holdsIn = (one: ReplyPattern) => (item: AnsweredReply) => replyHolds(one, item, missing);
  return (
    (nil === undefined || reply === null) &&
    (error === undefined || (isError(reply) && holds(error, reply.error))) &&
    (items === undefined ||
      (!missing &&
        found?.length === items.length &&
        items.every((item, index) => holdsIn(item)(found[index] ?? null)))) &&
    (has === undefined || (found !== undefined && has.every((one) => found.some(holdsIn(one))))) &&
    (count === undefined || (!missing && found !== undefined && holds(count, String(found.length)))) &&
    (fields === undefined ||
      (found !== undefined &&
        Object.entries(fields).every(([name, one]) => {
          const value = valueBehind(found, name);
          return value !== undefined && holdsIn(one)(value);
        }))) &&
    (Object.keys(conditions).length === 0 || (isValue(reply) && holds(conditions, reply)))
  );
}

function valueBehind(items: readonly AnsweredReply[], name: string): AnsweredReply | undefined {
  const at = items.findIndex(
    (item, index) => index % 2 === 0 && isValue(item) && textOf(item)?.toLowerCase() === name.toLowerCase(),
  );
  return at === -1 ? undefined : items[at + 1];
}

type Single = Exclude<AnsweredReply, null | AnsweredReply[] | { error: string }>;

function isValue(reply: AnsweredReply): reply is Single {
  return reply !== null && !Array.isArray(reply) && !isError(reply);
}

function isError(reply: AnsweredReply): reply is { error: string } {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}

/** A pattern in words, as what is answered: `"10"`, `a list of 2 items`. */
export function describeReplyPattern(pattern: ReplyPattern): string {
  if (typeof pattern !== 'object') return describeMatcher(pattern);
  if (Array.isArray(pattern)) return describeReplyPattern({ items: pattern });
  const { nil, error, items, has, count, fields, ...conditions } = pattern;
  const among = has?.map(describeReplyPattern);
  return [
    ...(nil ? ['nil'] : []),
    ...(error === undefined ? [] : [`an error: ${describeMatcher(error)}`]),
    ...(items === undefined
      ? []
      : [items.length === 0 ? 'an empty list' : `[${items.map(describeReplyPattern).join(', ')}]`]),
    ...(among === undefined ? [] : [`a list that has ${list(among)}`]),
    ...(count === undefined ? [] : [`a list of ${itemsInWords(count)}`]),
    ...(fields === undefined
      ? []
      : [
          `a list with ${list(Object.entries(fields).map(([name, one]) => `${show(name)}: ${describeReplyPattern(one)}`))}`,
        ]),
    ...(Object.keys(conditions).length === 0 ? [] : [describeMatcher(conditions)]),
  ].join(', ');
}

function itemsInWords(count: Matcher): string {
  if (typeof count === 'object') return `items, their number being ${describeMatcher(count)}`;
  return `${count} ${Number(count) === 1 ? 'item' : 'items'}`;
}

/** How many items of a list are shown, in all lists within lists together. */
const SHOWN = 20;

/** What a reply was, for the learner: `"12.3"`, `nil`, `["a", "b"]`. */
export function showReply(reply: AnsweredReply): string {
  let left = SHOWN;
  const inWords = (one: AnsweredReply): string => {
    if (one === null) return 'nil';
    if (isError(one)) return `the error ${show(one.error)}`;
    if (!Array.isArray(one)) return show(one, 100);
    const shown: string[] = [];
    for (const item of one) {
      if (left <= 0) break;
      left -= 1;
      shown.push(inWords(item));
    }
    const more = one.length - shown.length;
    return one.length === 0
      ? 'an empty list'
      : `[${[...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')}]`;
  };
  return inWords(reply);
}
