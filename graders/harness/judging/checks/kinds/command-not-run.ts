import { list } from '../../../base/text/count.ts';
import { describePatterns } from '../../words/command-words.ts';
import { defineKind } from '../check-kind.ts';
import {
  alternatives,
  type CommandPatterns,
  commandPatterns,
  matchesCommand,
  patternsBeside,
} from '../command-pattern.ts';
import { effectsOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { type Held, held, heldStates } from '../held.ts';
import { statesOf } from '../key-states.ts';
import { optional } from '../parameters.ts';
import { missedBy, PLACE } from '../place.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { aboutCommands } from '../trace-questions.ts';
import type { TracedCommand } from '../traced-command.ts';

export const commandNotRun = defineKind({
  kind: 'command-not-run',
  expects: 'nothing',
  description: 'The script did not run any of these commands.',
  parameters: patternsBeside({
    after: optional(commandPatterns('Only what ran later than the first command of this pattern counts.')),
    since: optional(
      commandPatterns(
        'Only what ran later than the last command of this pattern counts, such as the one that began it all anew.',
      ),
    ),
    sinceHeld: optional(
      held(
        'Only what ran later than the last step that brought this key into this state counts; beside `since`, where no command of that ran.',
      ),
    ),
    before: optional(commandPatterns('Only what ran earlier than the last command of this pattern counts.')),
    answeredWith: PLACE.answeredWith,
  }),
  example: {
    purpose: 'For commands that do harm, or that take the point out of a challenge.',
    yaml: 'command: KEYS',
    mistake: 'KEYS instead of SCAN',
    seen: { commands: ["KEYS 'session:*'"] },
  },
  asks: ({ after, since, sinceHeld: _, answeredWith: __, before, ...patterns }) =>
    [patterns, after, since, before].flatMap((some) => (some ? [aboutCommands(some)] : [])),
  judge(parameters, run) {
    const { after, since, sinceHeld, before, answeredWith } = parameters;
    const never = Number.POSITIVE_INFINITY;
    const earliest = Math.max(
      after ? (run.matching(after).at(0)?.index ?? never) : -1,
      since || sinceHeld
        ? ((since && run.matching(since).at(-1)?.index) ?? (sinceHeld && lastHeld(run, sinceHeld)) ?? never)
        : -1,
    );
    const latest = before ? (run.matching(before).at(-1)?.index ?? -1) : never;
    const counts = (command: TracedCommand) =>
      answeredWith === undefined || missedBy(run, command, { db: 'any', answeredWith }) === undefined;
    const ran = run
      .matching(parameters)
      .filter((command) => command.index > earliest && command.index < latest && counts(command));
    const limits = [after, since, before].flatMap((patterns) => patterns ?? []);
    // First and last ones tell, but for what stood between two others.
    const needed = limits.length > 1 ? 'repeats' : 'ends';
    for (const patterns of ran.length === 0 ? [parameters, ...limits] : [since].flatMap((one) => one ?? []))
      requireInTrace(run, aboutCommands(patterns), needed);
    if (ran.length === 0) return PASS;
    return {
      passed: false,
      expected: `no ${describePatterns(thoseThat(ran, parameters))}`,
      actual: `${list([...new Set(ran.map(({ name }) => name))])} ran`,
      commands: effectsOf(run, ran),
    };
  },
});

/** Of patterns those that some commands match, without the names of others. */
function thoseThat(ran: readonly TracedCommand[], patterns: CommandPatterns): CommandPatterns {
  return {
    anyOf: alternatives(patterns).flatMap((pattern) => {
      const matching = ran.filter((command) => matchesCommand(pattern, command));
      return matching.length === 0
        ? []
        : [{ ...pattern, command: [...new Set(matching.map(({ name }) => name))] }];
    }),
  };
}

/** The last command of the step that brought a key into a state for the last time; undefined where that is not known. */
function lastHeld(run: RunView, wanted: Held): number | undefined {
  const meant = new Set([...heldStates(run, wanted)].map(({ step }) => step));
  let wasMeant = false;
  let last: number | undefined;
  for (const { step, from } of statesOf(run, wanted.key)) {
    const isMeant = meant.has(step);
    if (isMeant && !wasMeant) last = from - 1;
    wasMeant = isMeant;
  }
  return last;
}
