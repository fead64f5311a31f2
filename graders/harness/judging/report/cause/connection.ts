import { list } from '../../../base/text/count.ts';
import type { Evidence, RunEvidence } from '../../../evidence/evidence.ts';
import type { TracedCommand } from '../../checks/traced-command.ts';
import type { Cause } from './cause.ts';

/** The port that every client takes where it is told none. */
const USUAL_PORT = 6379;
const NAMES_PORT = new RegExp(`\\b${USUAL_PORT}\\b`);
const REFUSED = /ECONNREFUSED|Connection refused|Could not connect to/i;

/** How a script of each language reaches the grading server with least ado. */
const CONNECT: Record<string, string> = {
  bash: 'Call `valkey-cli` without -h and -p: it finds the grading server.',
  javascript: 'Connect with `new Redis(process.env.VALKEY_URL)`.',
  typescript: 'Connect with `new Redis(process.env.VALKEY_URL)`.',
  python: "Connect with `valkey.from_url(os.environ['VALKEY_URL'])`, or the same of the package redis.",
};

/** True for what a client says that finds no server. */
export function isUnanswered(text: string): boolean {
  return REFUSED.test(text);
}

/**
 * Tells where a script looked for a server of its own; undefined for one of which that cannot be told. The line that
 * names the usual port is to blame for a script that no server answered, or that nothing else tells of (`isAll`).
 */
export function notConnected(
  { script, environment }: Evidence,
  { process }: RunEvidence,
  { isReached, isAll }: { isReached: boolean; isAll: boolean },
): Cause | undefined {
  const stderr = process.stderr.text;
  const isUsual = isAtUsualAddress(environment);
  const line = isUsual ? undefined : lineWithPort(script.text ?? '');
  const isMeant = isUnanswered(stderr)
    ? !isReached || (!isUsual && stderr.includes(String(USUAL_PORT)))
    : !isReached && isAll && line !== undefined;
  if (!isMeant) return undefined;
  const text =
    line !== undefined
      ? `Line ${line} of your script names port ${USUAL_PORT}, but the grading server has an address of its own.`
      : isReached
        ? `Your script looks for a server at port ${USUAL_PORT}, too, but the grading server has an address of its own.`
        : `Your script found no server where it looked${isUsual ? '' : ` (a client that is told no address takes localhost:${USUAL_PORT})`}: the grading server has an address of its own.`;
  return { kind: 'not connected', text, advice: howTo(script.language), ...(line !== undefined && { line }) };
}

/** Tells of a script of which the server ran nothing, where nothing else tells why. `seen` is what its client sent. */
export function noCommand({ script, environment }: Evidence, seen: readonly TracedCommand[]): Cause {
  if (script.language === 'command-file')
    return { kind: 'no command', text: 'The server ran no command of your file.' };
  const none = 'The server ran no command of your script';
  if (seen.length === 0) {
    return {
      kind: 'no command',
      text: isAtUsualAddress(environment)
        ? `${none}.`
        : `${none}. A client that is told no address takes localhost:${USUAL_PORT}, but the grading server has an address of its own.`,
      advice: howTo(script.language),
    };
  }
  const names = [...new Set(seen.map(({ name }) => name))];
  return {
    kind: 'no command',
    text: `${none}, but for ${list(names)}, as clients send when they connect.`,
  };
}

/** True where scripts find the grading server where clients look by themselves: the container has no other. */
function isAtUsualAddress({ sandbox }: Evidence['environment']): boolean {
  return sandbox === 'container';
}

function howTo(language: string): string {
  return `${CONNECT[language] ?? 'Connect to it.'} The address is in VALKEY_HOST and VALKEY_PORT, and in VALKEY_URL.`;
}

/** Lines that take the port from the environment, and the usual one only where there is none. */
const TAKES_ADDRESS = /\b(?:VALKEY|REDIS)_(?:PORT|URL)\b/;

/** The first line, from 1, that names the usual port for good and is no comment; undefined for none. */
function lineWithPort(source: string): number | undefined {
  const index = source
    .split('\n')
    .findIndex((line) => NAMES_PORT.test(line) && !TAKES_ADDRESS.test(line) && !/^\s*(?:#|\/\/)/.test(line));
  return index === -1 ? undefined : index + 1;
}
