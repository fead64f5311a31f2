import { list } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import type { Rival } from '../../../evidence/rival.ts';
import { elementMove, isPutInPlaceLater, rivalOfLoss } from '../atomic/element-move.ts';
import { lateTtl } from '../atomic/late-ttl.ts';
import { commandsOn, describeLoss, type LossWords } from '../atomic/loss.ts';
import { counter, fieldOf, guardedString, scoreOf } from '../atomic/targets.ts';
import { Trial } from '../atomic/trial.ts';
import { lossIn, type Target, triedOf, writesOf } from '../atomic/writes.ts';
import { defineKind } from '../check-kind.ts';
import { notesOn } from '../effects.ts';
import { type Finding, PASS } from '../finding.ts';
import { atLeastOne, distinct, notBoth, objectOf, oneOf, oneOrMore, optional, text } from '../parameters.ts';
import { requireHistory } from '../require-history.ts';
import type { RunView } from '../run-view.ts';

interface Numbers {
  keys: string[];
  field?: string;
  members?: string[];
}

interface Guarded {
  key: string;
  rival: string[];
}

interface Move {
  from: string;
  to: string;
  into?: 'LEFT' | 'RIGHT';
}

type Parameters = Numbers | Guarded | Move;

const PARAMETERS = objectOf<Parameters>(
  {
    keys: optional(
      distinct(text(), 'The strings, hashes or sorted sets that hold the numbers (database 0).'),
    ),
    field: optional(text({ description: 'The keys are hashes, and the number is this field of each.' })),
    members: optional(
      distinct(text(), 'The keys are sorted sets, and the numbers are the scores of these members.'),
    ),
    key: optional(
      text({
        minLength: 1,
        description: 'A string that may be written only as long as nobody else has (database 0).',
      }),
    ),
    rival: optional(
      oneOrMore(text(), {
        description:
          'What somebody else does to that string in between, as one types it in valkey-cli: it must stay.',
      }),
    ),
    from: optional(text({ minLength: 1, description: 'The list that an element leaves (database 0).' })),
    to: optional(text({ minLength: 1, description: 'The list that it joins (database 0).' })),
    into: optional(
      oneOf(['LEFT', 'RIGHT'], {
        description: 'The end at which it joins: another step that puts it there is one too many.',
      }),
    ),
  },
  {
    ...notBoth('field', 'members'),
    ...atLeastOne('keys', ['key', 'rival'], ['from', 'to']),
  },
);

export const atomic = defineKind({
  kind: 'atomic',
  description:
    'What was changed was changed in one step, whichever way: nothing that somebody else does in between is lost. That is tried: before each step that writes it, behind the last one that looked at it, somebody else comes, and the rest is run again. `keys` are numbers, which others raise or lower: what they did must be in the outcome. `key` is a string on which somebody else does what `rival` says, and that must stay; a TTL must come in the same step as the value. `from` and `to` are lists: no element may be lost, or be there twice. To put a number to 0, or to run the set-up again, is free. Something must have been changed; whether it is right is for other checks.',
  parameters: PARAMETERS,
  example: {
    purpose:
      'For what others change at the same time: counters, fields of hashes, scores, claims, elements that move.',
    yaml: "keys: ['session:han_solo']\nfield: drinks_ordered",
    mistake: 'the number was read, and the sum written',
    seen: {
      before: { 'session:han_solo': { hash: { drinks_ordered: '2' } } },
      after: { 'session:han_solo': { hash: { drinks_ordered: '3' } } },
      commands: ['HGET session:han_solo drinks_ordered', 'HSET session:han_solo drinks_ordered 3'],
    },
  },
  keys: (parameters) => keysOf(parameters),
  rivals(parameters, run) {
    if (!keysOf(parameters).every((key) => run.history.knows(key))) return [];
    if ('from' in parameters) {
      const move = elementMove(run, parameters.from, parameters.to);
      return move.manner === 'one step' ? move.rivals : [];
    }
    return targetsOf(parameters, run).flatMap((target): Rival[] =>
      triedOf(run, writesOf(run, target)).map(({ rival }) => rival),
    );
  },
  judge(parameters, run) {
    requireHistory(run, keysOf(parameters));
    if ('from' in parameters) return judgeMove(parameters, run);
    return 'keys' in parameters ? judgeNumbers(parameters, run) : judgeGuarded(parameters, run);
  },
});

function keysOf(parameters: Parameters): string[] {
  if ('from' in parameters) return [parameters.from, parameters.to];
  return 'keys' in parameters ? parameters.keys : [parameters.key];
}

function targetsOf(parameters: Numbers | Guarded, run: RunView): Target[] {
  if ('key' in parameters) return [guardedString(run, parameters.key, parameters.rival)];
  const { keys, field, members } = parameters;
  // One board needs no name: the learner knows which it is.
  const place = (key: string) => (keys.length > 1 ? ` in ${showArgument(key)}` : '');
  return keys.flatMap((key) => {
    if (members) return members.map((member) => scoreOf(run, key, member, showArgument(member) + place(key)));
    return [field === undefined ? counter(run, key) : fieldOf(run, key, field)];
  });
}

const NUMBER_WORDS: LossWords = {
  asked: 'read',
  written: 'written back',
  blind: 'written without looking at what was there',
};

function judgeNumbers(parameters: Numbers, run: RunView): Finding {
  const { keys, field, members } = parameters;
  const what = members ? 'each score' : field === undefined ? 'each counter' : showArgument(field);
  const expected = `${what} read and changed in one step, so that nobody else's change can be lost`;
  const written = targetsOf(parameters, run).map((target) => ({ target, writes: writesOf(run, target) }));
  if (written.every(({ writes }) => !writes.some(({ was, is }) => was !== is)))
    return { passed: false, expected, actual: `no command changed ${noneOf()}` };
  const losses = written.flatMap(({ target, writes }) => {
    // Evidence of earlier versions has nothing of what was written once more.
    const tried = writes.filter(({ was, is, rival }) => was !== is || Trial.isOf(run, rival));
    const lost = lossIn(run, tried);
    return lost ? [{ target, ...describeLoss(run, lost, NUMBER_WORDS) }] : [];
  });
  if (losses.length === 0) return PASS;
  return {
    passed: false,
    expected,
    actual: losses.map((loss) => `${loss.target.name}: ${loss.text}`).join('\n'),
    commands: losses.flatMap(({ commands }) => commands),
  };

  function noneOf(): string {
    if (members) return `the score of ${anyOf(members)}`;
    return field === undefined ? 'any of the counters' : `${showArgument(field)} of ${anyOf(keys)}`;
  }
}

const GUARDED_WORDS: LossWords = {
  asked: 'asked for',
  written: 'written',
  blind: 'written without asking first',
};

function judgeGuarded(parameters: Guarded, run: RunView): Finding {
  const name = showArgument(parameters.key);
  const expected = `${name}: asked for and written in one step, so that nobody can come in between`;
  const [target] = targetsOf(parameters, run);
  const writes = target ? writesOf(run, target) : [];
  const last = writes.findLast(({ was, is }) => was !== is);
  if (!last) return { passed: false, expected, actual: `no command wrote ${name}` };
  const lost = lossIn(run, writes);
  if (!lost) return lateTtl(run, last) ?? PASS;
  const { text: actual, commands } = describeLoss(run, lost, GUARDED_WORDS);
  return { passed: false, expected, actual, commands };
}

function judgeMove({ from, to, into }: Move, run: RunView): Finding {
  const expected = 'taken out of the one list and put into the other in one step';
  const move = elementMove(run, from, to);
  if (move.manner !== 'one step') {
    const [one, other] = [showArgument(from), showArgument(to)];
    const actual = {
      torn: 'taken out by one command and put in by another: in between it is in neither list or in both',
      copied: `put into ${other}, and never taken out of ${one}`,
      none: `no command moved anything from ${one} to ${other}`,
    }[move.manner];
    const commands = move.steps.flatMap((step) =>
      commandsOn(run, step, step === move.steps[0] ? from : to).slice(-1),
    );
    return { passed: false, expected, actual, commands: notesOn(run, commands) };
  }
  if (into && isPutInPlaceLater(run, move, to, into)) {
    const actual = `moved to the other end of ${showArgument(to)}, and put in its place by another command`;
    return { passed: false, expected, actual, commands: notesOn(run, commandsOn(run, move.step, to)) };
  }
  const rival = rivalOfLoss(run, move);
  if (!rival) return PASS;
  const target = { ...counter(run, move.from), name: showArgument(move.from) };
  const { text: actual, commands } = describeLoss(
    run,
    { target, step: move.step, was: undefined, is: undefined, rival },
    MOVE_WORDS,
  );
  return { passed: false, expected, actual, commands };
}

const MOVE_WORDS: LossWords = {
  asked: 'looked up',
  written: 'moved',
  blind: 'moved without looking which one it is',
};

function anyOf(names: readonly string[]): string {
  return list(
    names.map((name) => showArgument(name)),
    'or',
  );
}
