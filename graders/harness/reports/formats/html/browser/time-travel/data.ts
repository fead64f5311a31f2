// What a page tells its script of a run's history. Whatever a learner had a say in is a text to be shown as it is,
// in `texts`, and everything else points into that by its index.

export interface TravelData {
  /**
   * Names and values as they are shown, ordered by their bytes: a smaller index is what comes first. Two that
   * differ have two indices, even if they look alike.
   */
  texts: string[];
  /** The types of the keys; `other` is not among them. */
  types: Record<KeyType, ShownType>;
  /** The keys that are listed, by database and name; elsewhere a key is its index in here. */
  keys: [db: number, name: number][];
  /** What the keys were when the script started; null for those that were not there. */
  start: (KeyState | null)[];
  steps: TravelStep[];
  /** How many steps the history has: more than are listed if it is long. */
  total: number;
  /** Keys that no step changed and that are not listed, by database. */
  others: [db: number, count: number][];
}

export interface TravelStep {
  /** What it was and did, to be said behind its number: `, line 4: HSET …; credits: 10000 → 9500`. */
  says: string;
  /** When it was, in ms since the script started. */
  at: number;
  changes: TravelChange[];
}

/** The name of a type as TYPE has it, `hyperloglog`, or `other`. */
type KeyType = string;

/** How a type is shown. */
export interface ShownType {
  title: string;
  noun: string;
  nouns: string;
  /** What names an element, and what stands beside it where something does: so many numbers it has. */
  columns: [string, string?];
  /** By their place, by name, by score, or by the ids of a stream. */
  order: 'place' | 'bytes' | 'score' | 'id';
}

/** What is told of all keys once. */
export type Told = Pick<TravelData, 'texts' | 'types'>;

/** What is known of a key beside its elements. */
export interface KeyHead {
  type: KeyType;
  /** When it expires, in ms since the script started; null for never. */
  expires: number | null;
  /** Elements or bytes: more than its elements if these are not all known. */
  size: number;
}

/**
 * A key, with its elements one after the other: of a hash each field and its value, of a sorted set each member
 * and its score. A string has one element, and so has a key of another type: the name of that.
 */
export interface KeyState extends KeyHead {
  elements: number[];
}

export interface TravelChange {
  key: number;
  /** What it is now; null if it is gone. */
  now: KeyHead | null;
  /** The elements that went and those that came, as in {@link KeyState}. */
  out: number[];
  in: number[];
  /** `in` is all that it holds now. */
  whole?: true;
  /** Of a list: the index of the first that went or came. */
  at?: number;
  /** The key is too large: of what changed in it, nothing is known. */
  cut?: true;
}
