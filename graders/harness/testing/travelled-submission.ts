import { changeOf } from '../evidence/change.ts';
import type { KeyChange, KeySnapshot, Step, StepReply } from '../evidence/evidence.ts';
import type { GradedSubmission } from '../reports/formats/format.ts';
import {
  type Command,
  hash,
  type Keys,
  keyspace,
  list,
  makeEvidence,
  set,
  string,
  zset,
} from './evidence.ts';
import { check, report } from './report.ts';

type Body = Exclude<Keys[string], string>;

/** What a made-up step answers and makes of keys: null for one that it removes. */
export interface MadeStep {
  /** None for keys that expire before the next command. */
  commands: Command[];
  reply?: StepReply | null;
  replies?: StepReply[];
  changes?: Record<string, Body | null>;
  /** The key that it takes away, or would if that were there. */
  removes?: string;
}

const value = (text: string): StepReply => ({ kind: 'value', text });
const ZERO = value('(integer) 0');
const ONE = value('(integer) 1');

/** A submission whose every step is known, made up from what each step makes of the keys. */
export function travelledBy(before: Record<string, Body>, made: readonly MadeStep[]): GradedSubmission {
  const state = new Map<string, KeySnapshot | null>(
    Object.entries(before).map(([key, body]) => [key, snapshot(key, body)]),
  );
  const commands: Command[] = [];
  const steps = made.map((step): Step => {
    const entry = commands.length;
    commands.push(...step.commands);
    const changes = Object.entries(step.changes ?? {}).flatMap(([key, body]): KeyChange[] => {
      const now = body && snapshot(key, body);
      const change = changeOf(0, state.get(key) ?? null, now);
      state.set(key, now);
      return change ? [change] : [];
    });
    const { reply = null, replies, removes } = step;
    const keys =
      removes === undefined ? [] : [{ db: 0, key: removes, use: 'ask', writes: 'remove' } as const];
    return { entry, entries: step.commands.length, reply, ...(replies && { replies }), keys, changes };
  });
  const after = [...state.values()].filter((key) => key !== null);
  return {
    report: report({ checks: [check('one'), check('two')] }),
    evidence: makeEvidence({
      source: 'echo',
      before: keyspace(before),
      after: { databases: [{ index: 0, size: after.length, keys: after }] },
      commands,
      replay: { steps, until: 'end', unlike: [] },
    }),
  };
}

/** A submission with a bit of everything that a step can be: reads, refusals, a transaction, Lua, expiry. */
export function travelledSubmission(): GradedSubmission {
  const credits = (number: string) => hash({ credits: number, table: '7' }, { ttl: 3600 });
  const submission = travelledBy(
    {
      crew: set(['chewie', 'han']),
      flash: string('over soon', { ttl: 0.001 }),
      han: credits('10000'),
      old: string('gone', { ttl: 60 }),
      queue: list(['first', 'second', 'third']),
      untouched: string('as ever'),
    },
    [
      { commands: [{ run: 'HGET han credits', line: 1 }], reply: value('"10000"') },
      {
        commands: [{ run: 'HSET han credits 9500', line: 2 }],
        reply: ZERO,
        changes: { han: credits('9500') },
      },
      {
        commands: [{ run: 'HSET han', line: 3 }],
        reply: { kind: 'error', text: '(error) ERR wrong number' },
      },
      { commands: [{ run: 'DEL hna', line: 4 }], reply: ZERO, removes: 'hna' },
      { commands: [], changes: { flash: null } },
      { commands: [{ run: 'GET flash', line: 5 }], reply: { kind: 'nil', text: '(nil)' } },
      {
        commands: ['MULTI', 'SADD crew leia', 'EXPIRE old 90', 'EXEC'],
        reply: value('1) (integer) 1\n2) (integer) 1'),
        replies: [ONE, ONE],
        changes: { crew: set(['chewie', 'han', 'leia']), old: string('gone', { ttl: 90 }) },
      },
      {
        commands: ['EVAL "…" 1 queue', { run: 'LPOP queue', lua: true }],
        reply: value('"first"'),
        changes: { queue: list(['second', 'third']), scores: zset({ wedge: '12', luke: '99.5' }) },
      },
      { commands: ['DEL old'], reply: ONE, changes: { old: null } },
    ],
  );
  const [run] = submission.evidence?.runs ?? [];
  if (run?.replay) run.replay.unlike = [{ db: 0, key: 'crew' }];
  return submission;
}

function snapshot(key: string, body: Body): KeySnapshot {
  return { key, ...body } as KeySnapshot;
}
