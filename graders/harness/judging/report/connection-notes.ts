import type { Evidence, RunEvidence } from '../../evidence/evidence.ts';

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

/** Why no command of a script reached the grading server, as far as can be told, and how one does. */
export function noCommandsNote({ script }: Evidence, { process, replies }: RunEvidence): string {
  const { text, language } = script;
  if (language === 'command-file') {
    return replies?.length
      ? 'Your file holds no command that the server ran yet.'
      : 'Your file holds no command yet: write them one a line, as you would type them in valkey-cli. Lines that begin with # are comments.';
  }
  const none = 'No command of your script reached the grading server';
  if (text?.trim() === '') return `${none}: it is empty.`;
  return `${none}${reason(text ?? '', process.stderr.text)} ${howTo(language)}`;
}

/** What is to be said of a script that reached it, and looked for another server as well; null for nothing. */
export function wrongPortNote({ script }: Evidence, { process }: RunEvidence): string | null {
  const { stderr } = process;
  if (!REFUSED.test(stderr.text) || !stderr.text.includes(String(USUAL_PORT))) return null;
  const line = lineWithPort(script.text ?? '');
  const place = line === null ? 'Your script' : `Line ${line} of your script`;
  return `${place} looks for a server at port ${USUAL_PORT}, which is not the grading server's. ${howTo(script.language)}`;
}

function reason(source: string, stderr: string): string {
  const line = lineWithPort(source);
  if (line !== null)
    return `: line ${line} names port ${USUAL_PORT}, where there is none, or a server of your own.`;
  return REFUSED.test(stderr)
    ? `: it looked for one at an address of its own (a client that is told none takes localhost:${USUAL_PORT}).`
    : `. A client that is told no address takes localhost:${USUAL_PORT}, where there is none, or a server of your own.`;
}

function howTo(language: string): string {
  return `${CONNECT[language] ?? 'Connect to it.'} The address is in VALKEY_HOST and VALKEY_PORT, and in VALKEY_URL.`;
}

/** The first line, from 1, that names the usual port and is no comment; null for none. */
function lineWithPort(source: string): number | null {
  const index = source.split('\n').findIndex((line) => NAMES_PORT.test(line) && !/^\s*(?:#|\/\/)/.test(line));
  return index === -1 ? null : index + 1;
}
