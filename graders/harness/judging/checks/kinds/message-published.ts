import { count, shortList } from '../../../base/text/count.ts';
import { show, showArgument } from '../../../base/text/printable.ts';
import type { PublishedMessage } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { notesOn } from '../effects.ts';
import { type CommandNote, type Failure, PASS } from '../finding.ts';
import { describeMatcher, type Matcher, matcher, mismatch } from '../matcher.ts';
import { integer, object, optional, type Static, text, yes } from '../parameters.ts';
import type { RunView } from '../run-view.ts';
import { aboutCommands } from '../trace-questions.ts';

const PARAMETERS = object({
  channel: optional(text({ minLength: 1, description: "The channel's name; any where it is left out." })),
  message: optional(matcher({ description: 'What the message must be; any where it is left out.' })),
  times: optional(
    integer({
      minimum: 1,
      description: 'There are at least so many such messages; one where it is left out.',
    }),
  ),
  exactly: optional(integer({ minimum: 1, description: 'There are so many such messages, and no more.' })),
  none: optional(
    yes('There is no such message. A script that publishes nothing passes: let it need another check.'),
  ),
  wanted: optional(
    text({
      minLength: 1,
      description: 'What is expected, in words for the learner, where the matcher is hard to read.',
    }),
  ),
});

type Params = Static<typeof PARAMETERS>;

export const messagePublished = defineKind({
  kind: 'message-published',
  description:
    'A message was published while the script ran: a subscriber of the grader’s got it, whether a client or a Lua script sent it. What PUBLISH answers is not judged: it counts this subscriber.',
  parameters: PARAMETERS,
  example: {
    purpose: 'For what is told to others and leaves no key behind.',
    yaml: "channel: alerts\nmessage: { pattern: '^speed ' }",
    mistake: 'another channel',
    seen: { messages: [['alert', 'speed 1200']], commands: ["PUBLISH alert 'speed 1200'"] },
  },
  asks: () => [aboutCommands({ command: ['PUBLISH', 'SPUBLISH'] })],
  judge(parameters, run) {
    const { channel, message = { any: true } } = parameters;
    const { entries, cut } = run.evidence.messages ?? { entries: [], cut: false };
    const found = entries.filter((entry) => isOn(channel, entry) && matches(message, entry));
    const { least, most } = bounds(parameters);
    // Among those that were not kept may be what is wanted, or one too many.
    const isKnown = !cut || found.length > most || (found.length >= least && most === NO_LIMIT);
    if (isKnown && found.length >= least && found.length <= most) return PASS;
    return {
      passed: false,
      expected: describeWanted(parameters, message),
      ...(isKnown
        ? describeFound(run, entries, parameters, found)
        : { actual: 'so many messages were published that not all of them were kept' }),
    };
  },
});

const NO_LIMIT = Number.POSITIVE_INFINITY;

function bounds({ times = 1, exactly, none }: Params): { least: number; most: number } {
  if (none) return { least: 0, most: 0 };
  return { least: exactly ?? times, most: exactly ?? NO_LIMIT };
}

function isOn(channel: string | undefined, entry: PublishedMessage): boolean {
  return channel === undefined || entry.channel === channel;
}

function matches(message: Matcher, entry: PublishedMessage): boolean {
  return mismatch(message, entry.message) === null;
}

function describeWanted(parameters: Params, message: Matcher): string {
  const { channel, none, exactly, times = 1, wanted } = parameters;
  if (wanted !== undefined) return wanted;
  const where = channel === undefined ? '' : ` on ${showArgument(channel)}`;
  const what = parameters.message === undefined ? '' : ` that is ${describeMatcher(message)}`;
  if (none) return `no message${where}${what}`;
  const often =
    exactly !== undefined ? `, ${inTimes(exactly)}` : times > 1 ? `, ${inTimes(times)} or more` : '';
  return `a message${where}${what}${often}`;
}

function inTimes(number: number): string {
  return number === 1 ? 'once' : count(number, 'time');
}

function describeFound(
  run: RunView,
  entries: readonly PublishedMessage[],
  { channel, message = { any: true }, none }: Params,
  found: readonly PublishedMessage[],
): Omit<Failure, 'passed' | 'expected'> {
  const onChannel = entries.filter((entry) => isOn(channel, entry));
  const commands = publications(run);
  if (none) return { actual: `published: ${messagesOf(found)}`, commands };
  if (found.length > 0) return { actual: `it was published ${inTimes(found.length)}`, commands };
  const [first] = onChannel;
  if (first) {
    const difference = mismatch(message, first.message)?.difference;
    const actual = `published${channel === undefined ? '' : ' there'}: ${messagesOf(onChannel)}`;
    return onChannel.length === 1 && difference ? { actual, difference, commands } : { actual, commands };
  }
  if (entries.length > 0) {
    const channels = [...new Set(entries.map((entry) => showArgument(entry.channel)))];
    return { actual: `published on ${shortList(channels)} instead: ${messagesOf(entries)}`, commands };
  }
  if (run.commands.some(({ name }) => name === 'SPUBLISH'))
    return { actual: 'SPUBLISH ran: only those who used SSUBSCRIBE get its messages', commands };
  return { actual: 'nothing was published' };
}

function messagesOf(entries: readonly PublishedMessage[]): string {
  return shortList(
    entries.map(({ message }) => show(message)),
    3,
  );
}

/** The commands that publish. */
function publications(run: RunView): CommandNote[] {
  return notesOn(
    run,
    run.commands.filter(({ name }) => name === 'PUBLISH' || name === 'SPUBLISH'),
  );
}
