import { list } from '../../text/count.ts';
import type { CheckKind } from '../check-kind.ts';
import {
  COMMAND_PATTERNS_PROPERTIES,
  COMMAND_PATTERNS_SCHEMA,
  type CommandPatterns,
  describePatterns,
} from '../command-pattern.ts';
import { effectsOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { mustKnow } from '../must-know.ts';
import { aboutCommands } from '../trace-questions.ts';

type CommandNotRunParams = CommandPatterns & {
  after?: CommandPatterns;
  since?: CommandPatterns;
  before?: CommandPatterns;
};

export const commandNotRun: CheckKind<CommandNotRunParams> = {
  kind: 'command-not-run',
  description: 'The script did not run any of these commands.',
  properties: {
    ...COMMAND_PATTERNS_PROPERTIES,
    after: {
      ...COMMAND_PATTERNS_SCHEMA,
      description: 'Only what ran later than the first command of this pattern counts.',
    },
    since: {
      ...COMMAND_PATTERNS_SCHEMA,
      description:
        'Only what ran later than the last command of this pattern counts, such as the one that began it all anew.',
    },
    before: {
      ...COMMAND_PATTERNS_SCHEMA,
      description: 'Only what ran earlier than the last command of this pattern counts.',
    },
  },
  required: [],
  anyRequired: ['command', 'anyOf'],
  asks: ({ after, since, before, ...patterns }) =>
    [patterns, after, since, before].flatMap((some) => (some ? [aboutCommands(some)] : [])),
  judge(parameters, run) {
    const { after, since, before } = parameters;
    const never = Number.POSITIVE_INFINITY;
    const earliest = Math.max(
      after ? (run.matching(after).at(0)?.index ?? never) : -1,
      since ? (run.matching(since).at(-1)?.index ?? never) : -1,
    );
    const latest = before ? (run.matching(before).at(-1)?.index ?? -1) : never;
    const ran = run.matching(parameters).filter(({ index }) => index > earliest && index < latest);
    const limits = [after, since, before].flatMap((patterns) => patterns ?? []);
    // First and last ones tell, but for what stood between two others.
    const needed = limits.length > 1 ? 'repeats' : 'ends';
    for (const patterns of ran.length === 0 ? [parameters, ...limits] : [since].flatMap((one) => one ?? []))
      mustKnow(run, aboutCommands(patterns), needed);
    if (ran.length === 0) return PASS;
    return {
      passed: false,
      expected: `no ${describePatterns(parameters)}`,
      actual: `${list([...new Set(ran.map(({ name }) => name))])} ran`,
      commands: effectsOf(run, ran),
    };
  },
};
