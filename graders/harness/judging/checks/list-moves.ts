import { TRANSACTION_ENDS } from '../../evidence/command-name.ts';
import type { ListMove } from './list-move.ts';
import { moveByHistory } from './list-move-history.ts';
import { requireInTrace } from './require-in-trace.ts';
import type { RunView } from './run-view.ts';
import { aboutKey } from './trace-questions.ts';
import type { TracedCommand } from './traced-command.ts';

const MOVES = new Set(['LMOVE', 'BLMOVE', 'RPOPLPUSH', 'BRPOPLPUSH']);
const POPS = new Set(['LPOP', 'RPOP', 'BLPOP', 'BRPOP']);
const REMOVES = new Set([...POPS, 'LREM', 'LTRIM']);
const READS = new Set(['LINDEX', 'LRANGE']);
const PUTS = new Set(['LPUSH', 'RPUSH', 'LPUSHX', 'RPUSHX', 'LINSERT']);
/** Commands that release what is watched outside of a transaction, too. */
const RELEASES_ALL = new Set(['RESET', 'QUIT']);
const RUNS_LUA = new Set(['EVAL', 'EVALSHA', 'FCALL']);

/**
 * How an element came from one list of database 0 to another. A command that moves between the two counts
 * whichever way it goes: whether that was right is for the lists to tell. One move in one step is enough,
 * since a script may have taken and put missions before, as it ran the set-up again.
 */
export function listMove(run: RunView, from: string, to: string): ListMove {
  const move = moveByHistory(run, from, to);
  const isThere = move && move.manner !== 'none';
  return (isThere ? move : moveByHistory(run, to, from)) ?? moveByWords(run, from, to);
}

function moveByWords(run: RunView, from: string, to: string): ListMove {
  const ran = run.commands.filter((command) => !run.failed(command));
  const on = (key: string, names: ReadonlySet<string>) => (command: TracedCommand) =>
    command.db === 0 && names.has(command.name) && command.args[0] === key;
  const removes = on(from, REMOVES);
  const puts = on(to, PUTS);

  const single = ran.find(
    ({ name, args, db }) => db === 0 && MOVES.has(name) && args[0] !== args[1] && isPair(args, from, to),
  );
  if (single) return { manner: 'atomic', commands: [single] };

  for (const key of [from, to]) requireInTrace(run, aboutKey(key));
  for (const script of luaScripts(ran)) {
    const read = script.some(on(from, new Set([...POPS, ...READS])));
    if (read && script.some(removes) && script.some(puts)) return { manner: 'atomic', commands: script };
  }

  const transactions = transactionsOf(run, ran).filter(({ body }) => body.some(removes) && body.some(puts));
  const judged = transactions.map(({ body, earlier }): ListMove => {
    const commands = body.filter((command) => removes(command) || puts(command));
    const released = earlier.findLastIndex(({ name }) => name === 'UNWATCH');
    const watch = earlier.find(
      ({ name, db, args }, index) =>
        // A key of the same name in another database is another key.
        index > released && name === 'WATCH' && db === 0 && args.includes(from),
    );
    const read = earlier.findLast(on(from, READS));
    if (!watch) return { manner: 'unwatched', commands: read ? [read, ...commands] : commands };
    if (read && read.index > watch.index) return { manner: 'atomic', commands };
    return { manner: 'watched too late', commands: read ? [read, watch, ...commands] : [watch, ...commands] };
  });
  const best = judged.find(({ manner }) => manner === 'atomic') ?? judged.at(-1);
  if (best) return best;

  const put = ran.findLast(puts);
  if (!put) return { manner: 'none', commands: [] };
  const taken = ran.findLast(removes);
  if (!taken) return { manner: 'copied', commands: [put] };
  return { manner: 'torn', commands: [taken, put].sort((a, b) => a.index - b.index) };
}

function isPair([first, second]: readonly (string | null)[], from: string, to: string): boolean {
  return (first === from && second === to) || (first === to && second === from);
}

/** The commands of each run of a Lua script: they stand in the trace right behind the call. */
function luaScripts(commands: readonly TracedCommand[]): TracedCommand[][] {
  const scripts: TracedCommand[][] = [];
  for (const command of commands) {
    if (command.lua) scripts.at(-1)?.push(command);
    else if (RUNS_LUA.has(command.name)) scripts.push([]);
  }
  return scripts;
}

interface Transaction {
  /** What stands between its MULTI and its EXEC. */
  body: TracedCommand[];
  /** What its connection ran before it, since the last transaction. */
  earlier: TracedCommand[];
}

function transactionsOf(run: RunView, commands: readonly TracedCommand[]): Transaction[] {
  const transactions: Transaction[] = [];
  const clients = new Map<string | undefined, { open: Transaction | null; earlier: TracedCommand[] }>();
  for (const command of commands) {
    const source = run.clientOf(command);
    const client = clients.get(source) ?? { open: null, earlier: [] };
    clients.set(source, client);
    if (command.name === 'MULTI') {
      client.open = { body: [], earlier: client.earlier };
      transactions.push(client.open);
      client.earlier = [];
    } else if (TRANSACTION_ENDS.has(command.name)) {
      client.open = null;
      if (RELEASES_ALL.has(command.name)) client.earlier = [];
    } else (client.open?.body ?? client.earlier).push(command);
  }
  return transactions;
}
