/** Conditions on a value that can be told from the value alone. All that are given must hold. */
export interface ValueConditions {
  /** The very same text. */
  equals?: string | number;
  /** The same number, however it is written. */
  number?: number;
  /** One of these texts. */
  oneOf?: (string | number)[];
  /** None of these texts. */
  noneOf?: (string | number)[];
  /** A regular expression, as text, that finds a match. */
  pattern?: string;
  /** An ISO 8601 date-time, such as 2025-08-28T13:30:00. */
  isoDateTime?: true;
  /** Another text than this one. */
  not?: string | number;
  /** Anything. */
  any?: true;
}
