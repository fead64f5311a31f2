import type { AnyCheckKind } from '../check-kind.ts';
import { aclUser } from './acl-user.ts';
import { answer } from './answer.ts';
import { atomic } from './atomic.ts';
import { callReplies } from './call-replies.ts';
import { commandNotRun } from './command-not-run.ts';
import { commandRan } from './command-ran.ts';
import { compareAndSet } from './compare-and-set.ts';
import { configValue } from './config-value.ts';
import { entriesAcknowledged } from './entries-acknowledged.ts';
import { exitCode } from './exit-code.ts';
import { fieldCount } from './field-count.ts';
import { hashFields } from './hash-fields.ts';
import { hyperLogLogCount } from './hyperloglog-count.ts';
import { hyperLogLogElements } from './hyperloglog-elements.ts';
import { keyAbsent } from './key-absent.ts';
import { keyExists } from './key-exists.ts';
import { keyType } from './key-type.ts';
import { keysMatching } from './keys-matching.ts';
import { listFromStrings } from './list-from-strings.ts';
import { listItems } from './list-items.ts';
import { messagePublished } from './message-published.ts';
import { movedElement } from './moved-element.ts';
import { noTtl } from './no-ttl.ts';
import { oneStep } from './one-step.ts';
import { onlyKeys } from './only-keys.ts';
import { outputContains } from './output-contains.ts';
import { outputItems } from './output-items.ts';
import { outputMatches } from './output-matches.ts';
import { printedNeighbours } from './printed-neighbours.ts';
import { quotient } from './quotient.ts';
import { ranTogether } from './ran-together.ts';
import { readInPart } from './read-in-part.ts';
import { scriptCalled } from './script-called.ts';
import { setMembers } from './set-members.ts';
import { sortedSetFrom } from './sorted-set-from.ts';
import { sortedSetMembers } from './sorted-set-members.ts';
import { sortedSetScores } from './sorted-set-scores.ts';
import { states } from './states.ts';
import { streamEntries } from './stream-entries.ts';
import { streamGroup } from './stream-group.ts';
import { stringValue } from './string-value.ts';
import { ttl } from './ttl.ts';
import { unchanged } from './unchanged.ts';

/** Every kind of check that a grader may use. */
export const CHECK_KINDS: readonly AnyCheckKind[] = [
  keyExists,
  keyAbsent,
  keyType,
  keysMatching,
  hashFields,
  fieldCount,
  stringValue,
  quotient,
  hyperLogLogCount,
  hyperLogLogElements,
  compareAndSet,
  oneStep,
  listItems,
  listFromStrings,
  movedElement,
  setMembers,
  sortedSetMembers,
  sortedSetScores,
  sortedSetFrom,
  streamEntries,
  streamGroup,
  entriesAcknowledged,
  atomic,
  ttl,
  noTtl,
  answer,
  aclUser,
  configValue,
  states,
  onlyKeys,
  unchanged,
  commandRan,
  commandNotRun,
  ranTogether,
  readInPart,
  callReplies,
  scriptCalled,
  messagePublished,
  outputContains,
  outputMatches,
  outputItems,
  printedNeighbours,
  exitCode,
];

/** The kind of that name; undefined where there is none. */
export function checkKind(name: string): AnyCheckKind | undefined {
  return CHECK_KINDS.find(({ kind }) => kind === name);
}
