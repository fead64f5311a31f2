import { textOf } from '../../../base/bytes.ts';
import { count } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import type { Step } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { notesOn } from '../effects.ts';
import { elementTexts } from '../elements.ts';
import { PASS } from '../finding.ts';
import { statesOf } from '../key-states.ts';
import { object, text } from '../parameters.ts';
import { replyTexts } from '../reply-items.ts';
import { requireHistory } from '../require-history.ts';
import type { RunView } from '../run-view.ts';

export const readInPart = defineKind({
  kind: 'read-in-part',
  description:
    'Some of what a key holds was fetched (elements of a list, members of a set or a sorted set, fields of a hash), and by no command all of it: the answers tell, whatever the commands. What Lua reads in the server is not fetched.',
  parameters: object({ key: text({ minLength: 1, description: "The key's name (database 0)." }) }),
  example: {
    purpose: 'For a stretch of what may be long: the server is to pick, not the client.',
    yaml: 'key: board',
    mistake: 'the whole board was fetched',
    seen: {
      before: { board: { zset: { han: 3, leia: 2, luke: 1 } } },
      after: { board: { zset: { han: 3, leia: 2, luke: 1 } } },
      commands: ['ZRANGE board -100 -1'],
    },
  },
  keys: ({ key }) => [key],
  judge({ key }, run) {
    requireHistory(run, [key]);
    const read = fetched(run, key);
    const whole = read.filter(({ told, all }) => told === all);
    if (read.length > 0 && whole.length === 0) return PASS;
    const [first] = whole;
    return {
      passed: false,
      expected: `a part of ${showArgument(key)} fetched, not all of it`,
      actual: first
        ? `all of it was fetched, ${count(first.all, 'element')}`
        : `nothing of ${showArgument(key)} was fetched`,
      commands: notesOn(
        run,
        whole.flatMap(({ step }) => run.commandsOf(step).filter(({ args }) => args.includes(key))),
      ),
    };
  },
});

/** A step that was answered with some of what a key held: how many of all its elements. */
interface Fetched {
  step: Step;
  told: number;
  all: number;
}

function fetched(run: RunView, key: string): Fetched[] {
  const states = [...statesOf(run, key)].map(({ from, state }) => ({
    from,
    elements: elementTexts(state),
  }));
  let at = 0;
  return run.history.steps.flatMap((step) => {
    while ((states[at + 1]?.from ?? Number.POSITIVE_INFINITY) <= step.entry) at += 1;
    const elements = states[at]?.elements ?? [];
    const isAsked = step.keys?.some((used) => used.db === 0 && textOf(used.key) === key);
    if (!isAsked || elements.length === 0) return [];
    return (step.replies ?? [step.reply]).flatMap((reply): Fetched[] => {
      const texts = new Set(replyTexts(reply?.text ?? ''));
      const told = elements.filter((element) => texts.has(element)).length;
      return told === 0 ? [] : [{ step, told, all: elements.length }];
    });
  });
}
