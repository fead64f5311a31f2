/** What valkey-cli, or a manual, shows before a command, pasted along with it. */
const PROMPT =
  /^(?:(?:not connected|\[?[\w.:-]+\]?:\d+|(?:valkey|redis)(?:-cli)?(?: \S+)?)(?:\[\d+\])?(?:\(TX\))?(?:\(subscribed mode\))?>\s*|>\s+)/;
/** What a shell shows before a command, and where the client lies. */
const SHELL_PROMPT = /^(?:[^\s@]+@[^\s@#$%]+[#$%]|[$%])\s+/;
const CLIENT = /^(?:[\w./~-]*\/)?(?:valkey|redis)-cli(?:\.exe)?(?:\s+|$)/;
/** Where the server is, and how replies look: the harness knows better. */
const IGNORED_OPTION =
  /^(?:(?:-[hpsau]|--user|--pass)\s+\S+|-n\s+0|-[23]|--raw|--no-raw|--no-auth-warning)(?:\s+|$)/;
const FENCE = /^(?:`{3,}|~{3,})\s*[\w-]*$/;
/** A reply as valkey-cli prints it: no command begins so. */
const REPLY =
  /^(?:\((?:integer|nil|error|empty|double|true|false|verbatim|big)[^)]*\)|\d+[)~#] |OK$|QUEUED$|PONG$)/;
/** A text as valkey-cli prints it. */
const QUOTED = /^"(?:[^"\\]|\\.)*"$/;

/** A text from which words are taken at the front. */
class Front {
  rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  take(pattern: RegExp): boolean {
    const length = pattern.exec(this.rest)?.[0].length ?? 0;
    this.rest = this.rest.slice(length);
    return length > 0;
  }
}

/** What a line of a command file is, without what was pasted along. */
export interface Line {
  /** Where its command begins; null where it holds none. */
  offset: number | null;
  /** A client stands before the command: options of that may follow. */
  client: boolean;
  prompt: boolean;
  /** It is what a server answered. */
  reply: boolean;
}

/** Finds the command of a line. */
export function readLine(line: string): Line {
  const front = new Front(line.trimStart());
  const isReply = REPLY.test(front.rest);
  if (isReply || FENCE.test(front.rest.trimEnd()))
    return { offset: null, client: false, prompt: false, reply: isReply };
  const prompt = front.take(PROMPT);
  const client = takeClient(front);
  while (client && front.take(IGNORED_OPTION));
  const { rest } = front;
  const offset = rest === '' || rest.startsWith('#') ? null : line.length - rest.length;
  return { offset, client, prompt, reply: false };
}

/** Takes `docker exec -it some-valkey valkey-cli` and the like; nothing where no client follows. */
function takeClient(front: Front): boolean {
  const before = front.rest;
  front.take(SHELL_PROMPT);
  front.take(/^sudo\s+/);
  if (front.take(/^docker\s+/)) {
    front.take(/^compose\s+/);
    front.take(/^exec\s+/);
    while (front.take(/^-\S+\s+/));
    front.take(/^\S+\s+/);
  }
  if (front.take(CLIENT)) return true;
  front.rest = before;
  return false;
}

/**
 * Tells which lines of a session that was pasted hold a text that was answered. A line alone in quotes is one where
 * commands stand behind prompts; what else stands without one may be a command that somebody added.
 */
export function replyTest(lines: readonly string[]): (line: string) => boolean {
  const isSession = lines.some((line) => readLine(line).prompt);
  return (line) => isSession && QUOTED.test(line.trim());
}
