import { textOf } from '../../base/bytes.ts';
import { TRANSACTION_ENDS } from '../../evidence/command-name.ts';
import type { Step } from '../../evidence/evidence.ts';
import { finalState, type KeyState } from './key-states.ts';
import { replyTexts } from './reply-items.ts';
import type { RunView } from './run-view.ts';

/** A step, the keys whose content it asked for, and those of them of which it was told what they hold in the end. */
export interface Reading {
  step: Step;
  all: ReadonlySet<string>;
  right: ReadonlySet<string>;
}

/**
 * What was read of strings in one step each, in order. Reads whose keys their client had watched before belong to the
 * transaction that went through behind them: nobody can have changed anything in between.
 */
export function readingsOf(run: RunView, isMeant: (key: string) => boolean): Reading[] {
  const readings = new Map<Step, Reading>();
  const finals = new Map<string, KeyState | undefined>();
  for (const step of run.history.steps) {
    const keys = keysRead(step).filter(isMeant);
    if (keys.length === 0 || step.reply?.kind === 'error') continue;
    const right = keys.filter((key) => {
      if (!finals.has(key)) finals.set(key, finalState(run, key));
      return isTold(run, step, key, finals.get(key));
    });
    readings.set(step, { step, all: new Set(keys), right: new Set(right) });
  }
  for (const [step, guarded] of guardedReads(run)) {
    const together = [...guarded, step].flatMap((one) => readings.get(one) ?? []);
    if (together.length === 0) continue;
    for (const one of guarded) readings.delete(one);
    const union = (of: 'all' | 'right') => new Set(together.flatMap((one) => [...one[of]]));
    readings.set(step, { step, all: union('all'), right: union('right') });
  }
  return [...readings.values()].sort(
    (one, other) => run.history.orderOf(one.step) - run.history.orderOf(other.step),
  );
}

/** The names of the keys of database 0 whose content a step asks for. */
function keysRead({ keys = [] }: Step): string[] {
  return keys.flatMap(({ db, key, use }) => {
    const name = textOf(key);
    return db === 0 && use === 'read' && name !== undefined ? [name] : [];
  });
}

function isTold(run: RunView, step: Step, key: string, final: KeyState | undefined): boolean {
  if (final?.state == null || !run.history.knows(key)) return false;
  const { state } = final;
  if (final.step !== step) {
    const isEarly = final.step && run.history.orderOf(step) < run.history.orderOf(final.step);
    return !isEarly && run.history.wasThere(key, step.entry, run.keyBefore(key)) === true;
  }
  // What Lua was told is not known.
  if (!step.replies) return true;
  // In the transaction that wrote it, the replies tell whether it was read behind that.
  const value = state.type === 'string' ? textOf(state.value) : undefined;
  return run.commandsOf(step).some(({ index, args }) => {
    const told = replyTexts(run.history.replyTo(index)?.text ?? '');
    return args.includes(key) && told.some((item) => item !== '' && value?.includes(item));
  });
}

/** By the transactions that went through, the steps before them that read nothing but what was watched by then. */
function guardedReads(run: RunView): ReadonlyMap<Step, Step[]> {
  const found = new Map<Step, Step[]>();
  const clients = new Map<string, { watched: Set<string>; reads: Step[] }>();
  for (const command of run.commands) {
    const source = run.clientOf(command) ?? '';
    const step = run.history.stepOf(command.index);
    if (source === 'lua' || !step) continue;
    const { watched, reads } = clients.get(source) ?? { watched: new Set<string>(), reads: [] };
    clients.set(source, { watched, reads });
    if (command.name === 'EXEC' && reads.length > 0 && step.reply?.kind !== 'nil' && !run.failed(command))
      found.set(step, [...reads]);
    if (TRANSACTION_ENDS.has(command.name) || command.name === 'UNWATCH')
      clients.set(source, { watched: new Set(), reads: [] });
    else if (command.name === 'WATCH' && command.db === 0)
      for (const key of command.args) if (key !== null) watched.add(key);
    const keys = keysRead(step);
    if (!step.replies && keys.length > 0 && keys.every((key) => watched.has(key))) reads.push(step);
  }
  return found;
}
