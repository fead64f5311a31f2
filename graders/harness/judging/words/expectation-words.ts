import { type CommandPatterns, patternNames } from '../checks/command-pattern.ts';
import type { Failure } from '../checks/finding.ts';
import { describeHeld, type Held } from '../checks/held.ts';
import { sentWith } from '../checks/near-misses.ts';
import { describePlace, type Place } from '../checks/place.ts';
import type { RunView } from '../checks/run-view.ts';
import { describePatterns, firstKeyOf, hintAtPatterns } from './command-words.ts';
import { useOf } from './reading-commands.ts';

/** What is asked of a command beside its words. */
interface Demands extends Place {
  before?: CommandPatterns;
  after?: CommandPatterns;
  afterHeld?: Held;
  times?: number;
}

/**
 * What should have run, and when. A command is named to the learner once the script has sent one of its sort, right or
 * wrong: before that, the name would be the solution.
 */
export function expectationOf(
  run: RunView,
  patterns: CommandPatterns,
  demands: Demands,
): Pick<Failure, 'expected' | 'beforeHints'> {
  const isSent = (some: CommandPatterns) => sentWith(run, patternNames(some)).length > 0;
  const expected = sentence(describePatterns(patterns), demands, describePatterns);
  const beforeHints = isSent(patterns)
    ? sentence(describePatterns(patterns), demands, (some) =>
        isSent(some) ? describePatterns(some) : hintAtPatterns(some, {}),
      )
    : hintSentence(patterns, demands, isSent, doesTheSame(run, patterns));
  return beforeHints === expected ? { expected } : { expected, beforeHints };
}

function hintSentence(
  patterns: CommandPatterns,
  demands: Demands,
  isSent: (patterns: CommandPatterns) => boolean,
  isAnother: boolean,
): string | null {
  const own = hintAtPatterns(patterns, undefined, isAnother);
  if (own === undefined) return null;
  const named = firstKeyOf(patterns);
  const describe = (some: CommandPatterns) =>
    isSent(some) ? describePatterns(some) : hintAtPatterns(some, { named });
  return sentence(own, demands, describe, named);
}

/**
 * True where the script used the key in the way that is asked for, with none of the commands that are: "a command that
 * reads it" would seem to be there.
 */
function doesTheSame(run: RunView, patterns: CommandPatterns): boolean {
  const key = firstKeyOf(patterns);
  if (key === undefined) return false;
  const use = useOf([...patternNames(patterns)]);
  return run.ownCommands.some(
    ({ name, args }) => args.includes(key) && (use === 'uses' || useOf([name]) === use),
  );
}

/** `named` is the key that the words of the command itself end with. */
function sentence(
  own: string,
  { before, after, afterHeld, times = 1, ...place }: Demands,
  describe: (patterns: CommandPatterns) => string | undefined,
  named?: string,
): string {
  const around = (word: string, patterns: CommandPatterns | undefined) => {
    const text = patterns && describe(patterns);
    return text === undefined ? [] : [`${word} ${text}`];
  };
  return [
    own + describePlace(place),
    ...around('before', before),
    ...(afterHeld ? [`once ${describeHeld(afterHeld, named)}`] : around('after', after)),
    ...(times > 1 ? [`${times} times`] : []),
  ].join(', ');
}
