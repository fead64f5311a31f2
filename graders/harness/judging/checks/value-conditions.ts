/** What a JSON document holds. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** How many: exactly so many, or bounds, of which one at least is given. */
export type Amount = number | { atLeast?: number; atMost?: number };

/** A text or a number to equal, or conditions on a value that can be told from the value alone. */
export type ValueMatcher = string | number | ValueConditions;

/** Conditions on a value that can be told from the value alone. All that are given must hold. */
export interface ValueConditions<Inner = ValueMatcher> {
  /** Exactly this text. */
  equals?: string | number;
  /** The same number, however it is written. */
  number?: number;
  /** A number from the first to the second, both included. */
  between?: [lowest: number, highest: number];
  /** A number that differs from this one by no more than the tolerance. */
  near?: { number: number; tolerance: number };
  /** This number or a larger one. */
  atLeast?: number;
  /** This number or a smaller one. */
  atMost?: number;
  /** One of these texts. */
  oneOf?: (string | number)[];
  /** None of these texts. */
  noneOf?: (string | number)[];
  /** A regular expression, as text, that finds a match. */
  pattern?: string;
  /** How many characters the text has. */
  length?: Amount;
  /** An ISO 8601 date-time, such as 2025-08-28T13:30:00. */
  isoDateTime?: true;
  /** A JSON document with exactly this content, members in any order. */
  json?: Json;
  /** A JSON document that holds these values, by path: `$.address.city`, `$.items[0]`. */
  jsonHas?: Record<string, Inner>;
  /** All of these hold. */
  allOf?: Inner[];
  /** At least one of these holds. */
  anyOf?: Inner[];
  /** This does not hold. */
  not?: Inner;
  /** Anything. */
  any?: true;
}
