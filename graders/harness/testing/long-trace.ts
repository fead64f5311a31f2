/** A check that asks something of the trace, and what scripts may do for it. */
export interface Case {
  kind: string;
  parameters: Record<string, unknown>;
  /** What a script may do for it, well or badly: commands of one client, `>` before those of a Lua script. */
  units: string[];
}

const get = { command: 'GET', args: ['k'] };
const set = { command: 'SET', args: ['k'] };

/** Every way in which checks look at the trace. */
export const CASES: Case[] = [
  { kind: 'command-ran', parameters: { command: 'KEYS' }, units: ['KEYS *', 'GET k'] },
  { kind: 'command-ran', parameters: { ...get, times: 3 }, units: ['GET k', 'GET k; GET k'] },
  { kind: 'command-ran', parameters: { ...set, before: get }, units: ['SET k 1', 'GET k'] },
  {
    kind: 'command-ran',
    parameters: { ...set, after: get, also: [{ command: 'DEL', lua: true }] },
    units: ['SET k 1', 'GET k', 'EVAL x 0; >DEL k'],
  },
  {
    kind: 'command-ran',
    parameters: { ...set, after: { command: 'KEYS' }, before: get },
    units: ['SET k 1', 'GET k', 'KEYS *'],
  },
  { kind: 'command-not-run', parameters: { command: 'KEYS' }, units: ['KEYS *', 'GET k'] },
  { kind: 'command-not-run', parameters: { ...set, since: get }, units: ['SET k 1', 'GET k'] },
  { kind: 'command-not-run', parameters: { ...set, after: get }, units: ['SET k 1', 'GET k'] },
  {
    kind: 'command-not-run',
    parameters: { ...set, before: get, after: { command: 'KEYS' } },
    units: ['SET k 1', 'GET k', 'KEYS *'],
  },
  {
    kind: 'script-called',
    parameters: {
      calls: [
        { keys: ['k'], args: [] },
        { keys: ['h'], args: ['1'] },
      ],
    },
    units: ['EVALSHA abc 1 k', 'EVALSHA abc 1 h 1', 'EVALSHA abd 1 h 1'],
  },
];

/** Numbers from 0 to less than 1 that are the same at each run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A command, and who sent it: `lua` for a Lua script. */
export interface Step {
  client: string;
  words: string;
}

const CLIENTS = ['127.0.0.1:1', '127.0.0.1:2'];
/** What no check asks for. */
const FILLERS = [
  ...[
    'SET f1 1',
    'GET f2',
    'INCR f3',
    'RPUSH f4 x',
    'WATCH f5',
    'UNWATCH',
    'PING',
    'MULTI; EXEC',
    'MULTI; SET f6 1; EXEC',
  ],
  ...['MULTI; GET f7; DISCARD', 'EVAL x 0; >GET f8; >SET f9 1', 'EVAL x 1 f1', 'HSET f2 a b', 'DEL f1'],
];

/** Some commands that matter, whole or with something missing or in between, among many that do not, and loops. */
export function script(random: () => number, units: readonly string[]): Step[] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const some = (most: number) => Math.floor(random() * (most + 1));
  const commandsOf = (unit: string): Step[] => {
    const client = pick(CLIENTS);
    return unit
      .split('; ')
      .map((words) => (words.startsWith('>') ? { client: 'lua', words: words.slice(1) } : { client, words }));
  };
  const fillers = (most: number) =>
    Array.from({ length: some(most) }, () => commandsOf(pick(FILLERS))).flat();
  const matter = (): Step[] => {
    const steps = commandsOf(pick(units));
    const at = some(steps.length - 1);
    const chance = random();
    if (chance < 0.15) steps.splice(at, 1);
    else if (chance < 0.5 && steps[at]?.client !== 'lua') steps.splice(at, 0, ...fillers(3));
    return steps;
  };
  const loop = (turn: readonly Step[]) => Array.from({ length: 25 + some(20) }, () => turn).flat();
  const parts = Array.from({ length: 1 + some(4) }, () => [
    ...fillers(20),
    ...(random() < 0.25 ? loop(matter()) : matter()),
    ...(random() < 0.25 ? loop(fillers(3)) : []),
  ]);
  return [...fillers(10), ...parts.flat(), ...fillers(20)];
}
