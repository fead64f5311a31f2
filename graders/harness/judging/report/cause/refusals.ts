import { textOf } from '../../../base/bytes.ts';
import { printable } from '../../../base/text/printable.ts';
import { commandNameOf } from '../../../evidence/command-name.ts';
import type { CommandReply, RunEvidence } from '../../../evidence/evidence.ts';
import type { RunView } from '../../checks/run-view.ts';
import { commandText } from '../../checks/traced-command.ts';
import { linesNaming } from './naming.ts';
import { complaintLines, shownMessage } from './place.ts';

/** A command that the server answered with an error. */
export interface Refusal {
  /** As INFO names it, such as `hset` or `config|set`; for a command that the server does not know, as it was sent. */
  name: string;
  /** As one types it, or its name alone where no more is known. */
  command: string;
  line: number | null;
  /** The server's own words; null where nobody kept them. */
  words: string | null;
  times: number;
  /**
   * True for a command that its writer got wrong. Other errors may be what a challenge is about: a group that is there
   * already, a script that answers with an error of its own, a transaction that another error has ended.
   */
  isMistake: boolean;
}

/** How the server names what is wrong with a command, and not with what it found. */
const MISTAKE =
  /^(?:ERR|WRONGTYPE|NOPERM|NOAUTH|WRONGPASS|NOPROTO|AUTH) |^(?:unknown command|wrong number|invalid username) /;
const ADMINISTERS = 'commands that administer the server are not part of any challenge';

/** Characters of a command that are shown. */
const SHOWN = 60;

/**
 * Client libraries send these by themselves, and expect that some servers know them not; and EVALSHA before a script
 * is known.
 */
const BY_THEMSELVES = /^(?:hello|info|ping|select|client\|.*|command(?:\|.*)?|evalsha(?:_ro)?)$/;

/** The commands of a run that the server answered with an error, as far as they are known, each sort once. */
export function refusalsOf(main: RunView): Refusal[] {
  const { replies } = main.evidence;
  const known = replies
    ? ofCommandFile(replies)
    : [...ofTrace(main), ...ofOutput(main.evidence), ...ofAccessRules(main.evidence)];
  const all = [...known, ...ofCounts(main.evidence, known)];
  return replies ? all : all.map((refusal) => ({ ...refusal, line: refusal.line ?? lineOf(main, refusal) }));
}

function ofCommandFile(replies: readonly CommandReply[]): Refusal[] {
  return replies
    .filter(({ error }) => error)
    .map(({ args, line, reply }) => ({
      name: textOf(args[0])?.toLowerCase() ?? '',
      command: commandText({ args }, SHOWN),
      line,
      ...inWords(reply),
      times: 1,
    }));
}

/** Those that the server began to run. */
function ofTrace(main: RunView): Refusal[] {
  const found = new Map<string, Refusal>();
  for (const command of main.commands) {
    const reply = command.lua ? undefined : main.history.replyTo(command.index);
    if (reply?.kind !== 'error') continue;
    const told = inWords(reply.text);
    const name = command.name.toLowerCase().replace(' ', '|');
    const id = `${name} ${told.words}`;
    const same = found.get(id);
    if (same) same.times += 1;
    else {
      const entry = main.evidence.trace.entries[command.index];
      const text = entry ? commandText(entry, SHOWN) : nameOf(name);
      found.set(id, { name, command: text, line: main.note(command).line, ...told, times: 1 });
    }
  }
  return [...found.values()].filter(({ name }) => !BY_THEMSELVES.test(name));
}

/** Those that no trace shows, or not what they were answered, of which a client has printed what the server said. */
function ofOutput({ process, refused = [] }: RunEvidence): Refusal[] {
  const found = new Map<string, Refusal>();
  for (const line of [process.stdout, process.stderr].flatMap(({ text }) => complaintLines(text))) {
    const [, words = '', unknown, miscounted, login] = PRINTED.exec(line) ?? [];
    const name = (unknown ?? miscounted ?? (login && 'auth'))?.toLowerCase();
    if (name === undefined || BY_THEMSELVES.test(name)) continue;
    const { rejected = 0, failed = 0 } = refused.find(({ command }) => command === name) ?? {};
    const counted = login ? failed : rejected;
    // The words may be the script's own: of a command that the server knows it has counted the refusals.
    if (unknown === undefined && counted === 0) continue;
    const id = `${name} ${words}`;
    const same = found.get(id);
    if (same) same.times += unknown === undefined ? 0 : 1;
    else {
      const command = nameOf(name);
      found.set(id, { name, command, line: null, ...inWords(words), times: counted || 1 });
    }
  }
  return [...found.values()];
}

const PRINTED =
  /((?:ERR )?(?:unknown command '([^']{1,60})', with args beginning with: .*|wrong number of arguments for '([^']{1,60})' command|(AUTH <password> called without |invalid username-password pair).*))/;

/** Those that the access rules denied. */
function ofAccessRules({ denied }: RunEvidence): Refusal[] {
  return denied.map(({ command, count }) => ({
    ...{ name: command, command: nameOf(command), line: null },
    ...{ words: ADMINISTERS, times: count, isMistake: true },
  }));
}

/** Those that are only counted. Where a Lua script failed they may be its own, and it has told why. */
function ofCounts({ refused = [], replies }: RunEvidence, known: readonly Refusal[]): Refusal[] {
  const isOwn = replies === null && !known.some(({ name }) => /^(?:eval|fcall)/.test(name));
  return refused.flatMap(({ command, rejected, failed }) => {
    // Of what a command file sent, it is not known whether the second word is a subcommand.
    const told = known.filter(({ name }) => name === command || name === command.split('|')[0]);
    const times = rejected + failed - told.reduce((sum, one) => sum + one.times, 0);
    if (times <= 0 || BY_THEMSELVES.test(command)) return [];
    const isMistake = isOwn && (rejected > 0 || command === 'auth');
    return [{ name: command, command: nameOf(command), line: null, words: null, times, isMistake }];
  });
}

/** The first line that names a command, if as many lines do as there were such commands that never ran. */
function lineOf(main: RunView, { name, times }: Refusal): number | null {
  const [word = name] = name.split('|');
  // The trace shows a login without what it was sent with, however it ended.
  const others = name === 'auth' ? [] : main.named([word.toUpperCase()]);
  const ran = new Set(others.map((command) => main.note(command).line));
  const left = linesNaming(main, word).filter((line) => !ran.has(line));
  return !ran.has(null) && left.length === times ? (left[0] ?? null) : null;
}

function nameOf(command: string): string {
  return printable(commandNameOf(command));
}

function inWords(reply: string): Pick<Refusal, 'words' | 'isMistake'> {
  const words = shownMessage(reply.replace(/^\(error\) /, ''));
  return { words, isMistake: MISTAKE.test(words) };
}
