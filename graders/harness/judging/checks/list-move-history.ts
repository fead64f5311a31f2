import { TRANSACTION_ENDS } from '../../evidence/command-name.ts';
import type { Step } from '../../evidence/evidence.ts';
import { itemsOf } from './list-history.ts';
import type { ListMove } from './list-move.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/** A step that changed one of the two lists, with the elements that came and went. */
interface ListStep {
  step: Step;
  /** What the list lost that the element leaves. */
  lost: string[];
  /** What the list got that it joins. */
  got: string[];
}

/** Commands that write what they are told, and look at nothing. */
const BLIND = new Set([
  'LPUSH',
  'RPUSH',
  'LPUSHX',
  'RPUSHX',
  'LINSERT',
  'LREM',
  'LTRIM',
  'LSET',
  'DEL',
  'UNLINK',
]);
const READS = new Set(['LINDEX', 'LRANGE', 'LPOS']);

/**
 * How an element came from one list of database 0 to another, by what each step changed; undefined where that is not
 * known. What counts is the last element that came from the one list into the other: what was taken and put before
 * may have been a set-up run again.
 */
export function moveByHistory(run: RunView, from: string, to: string): ListMove | undefined {
  if (![from, to].every((key) => run.history.knows(key))) return undefined;
  const steps = listSteps(run, from, to);
  const held = new Set([...itemsOf(run.keyBefore(from)), ...steps.flatMap(({ lost }) => lost)]);
  const put = steps.findLast(({ got }) => got.some((item) => held.has(item)));
  if (!put) return { manner: 'none', commands: [] };
  const item = put.got.find((one) => held.has(one)) ?? '';
  if (put.lost.includes(item)) return judgeStep(run, put.step, from, to);
  const taken = steps.findLast(({ lost }) => lost.includes(item));
  const commands = [taken, put].flatMap((one) =>
    one ? commandsOn(run, one.step, [from, to]).slice(-1) : [],
  );
  return {
    manner: taken ? 'torn' : 'copied',
    commands: commands.sort((one, other) => one.index - other.index),
  };
}

function listSteps(run: RunView, from: string, to: string): ListStep[] {
  return run.history.stepsOf([from, to]).map(({ step, changes }) => {
    const [source, target] = [changes.get(from), changes.get(to)];
    return {
      step,
      lost: without(itemsOf(source?.before ?? undefined), itemsOf(source?.after ?? undefined)),
      got: without(itemsOf(target?.after ?? undefined), itemsOf(target?.before ?? undefined)),
    };
  });
}

/** The elements of a list that are not in the other, each as often as it is more often there. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const item of others) left.set(item, (left.get(item) ?? 0) + 1);
  return items.filter((item) => {
    const number = left.get(item) ?? 0;
    left.set(item, number - 1);
    return number <= 0;
  });
}

/** A step that took and put: whether what it put is what it took, whoever came before it. */
function judgeStep(run: RunView, step: Step, from: string, to: string): ListMove {
  const commands = run.commandsOf(step);
  // The call of a script names the keys, and does nothing by itself.
  const on = commands.filter(
    ({ db, args, lua }, index) => db === 0 && args.includes(from) && (lua || !commands[index + 1]?.lua),
  );
  // A script that looks at the list puts what is there, and so does a command that names both lists.
  const looks = on.some(({ name, args, lua }) => (lua ? !BLIND.has(name) : args.includes(to)));
  if (looks) return { manner: 'atomic', commands: on };
  const read = run.commands.findLast(
    ({ index, name, db, args }) => index < step.entry && db === 0 && READS.has(name) && args.includes(from),
  );
  const watch = watchBefore(run, step, from);
  const shown = [read, watch, ...on].filter((command) => command !== undefined);
  if (!watch) return { manner: 'unwatched', commands: shown };
  return { manner: read && read.index > watch.index ? 'atomic' : 'watched too late', commands: shown };
}

/** The first WATCH of a list by the connection of a step that still held when it ran. */
function watchBefore(run: RunView, step: Step, key: string): TracedCommand | undefined {
  const first = run.commands[step.entry];
  if (!first) return undefined;
  const source = run.clientOf(first);
  let watch: TracedCommand | undefined;
  for (const command of run.commands.slice(0, step.entry)) {
    if (run.clientOf(command) !== source) continue;
    if (TRANSACTION_ENDS.has(command.name) || command.name === 'UNWATCH') watch = undefined;
    // A key of the same name in another database is another key.
    else if (command.name === 'WATCH' && command.db === 0 && command.args.includes(key)) watch ??= command;
  }
  return watch;
}

function commandsOn(run: RunView, step: Step, keys: readonly string[]): readonly TracedCommand[] {
  const commands = run.commandsOf(step);
  const on = commands.filter(({ args }) => args.some((arg) => arg !== null && keys.includes(arg)));
  return on.length > 0 ? on : commands;
}
