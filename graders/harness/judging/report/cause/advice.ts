import { printable } from '../../../base/text/printable.ts';
import type { Evidence, RunEvidence } from '../../../evidence/evidence.ts';

/** What a rule looks at. */
interface Seen {
  /** The script's name, in a form that a shell takes as one word. */
  name: string;
  language: string;
  source: string;
  stderr: string;
  /** True for a script that came to its end: what was not there to import it has done without. */
  hasDoneItsWork: boolean;
  contained: boolean;
}

/** A shell goes on behind what it cannot run, and ends well with its last line. */
const MAY_GO_ON = new Set(['bash', 'executable']);

type Rule = (seen: Seen) => string | null;

/**
 * Says what to do where a run shows one of the mistakes that many make on their first day; nothing where it
 * shows none. Each of them explains why no command reached the server, should none have.
 */
export function adviceOn({ script, environment }: Evidence, { process, trace }: RunEvidence): string[] {
  const seen: Seen = {
    name: /^[\w.-]+$/.test(script.name)
      ? script.name
      : `'${printable(script.name).replaceAll("'", "'\\''")}'`,
    language: script.language,
    source: script.text ?? '',
    stderr: process.stderr.text,
    hasDoneItsWork: !MAY_GO_ON.has(script.language) && process.exitCode === 0 && trace.entries.length > 0,
    contained: environment.sandbox === 'container',
  };
  return RULES.flatMap((rule) => rule(seen) ?? []);
}

const windowsLineEnds: Rule = ({ name, language, source }) => {
  if (!['bash', 'executable'].includes(language) || !source.includes('\r\n')) return null;
  return `Your script has Windows line ends, which a shell takes for part of each line's last word. Take them away: \`perl -pi -e 's/\\r\\n/\\n/' ${name}\`, or let your editor write LF.`;
};

const unclosed: Rule = ({ stderr, source }) =>
  /syntax error: unexpected end of file|unexpected EOF while looking for/.test(stderr) &&
  !source.includes('\r\n')
    ? 'Something is opened in your script and not closed: a quote, an `if`, a loop or a bracket.'
    : null;

const moduleSyntax: Rule = ({ name, stderr }) =>
  /Cannot use import statement outside a module|Unexpected token 'export'|await is only valid in async functions and the top level|Top-level await is currently not supported with the "cjs"/.test(
    stderr,
  )
    ? `\`import\`, \`export\` and a bare \`await\` are for ES modules: rename your script to ${renamed(name, 'm')}, or write { "type": "module" } into the package.json beside it.`
    : null;

const commonJs: Rule = ({ name, stderr }) => {
  const [, word] =
    /\b(require|module|exports|__dirname|__filename) is not defined in ES module scope/.exec(stderr) ?? [];
  if (word === undefined) return null;
  return `\`${word}\` is not there in an ES module: write \`import Redis from 'iovalkey'\` in place of \`require\`, or rename your script to ${renamed(name, 'c')}.`;
};

/** What a script imports from a folder above its own, in Python by the way that leads there. */
const ABOVE = { node: /(?:\bfrom|\bimport|\brequire) ?\(?['"]\.\.\//, python: /\bsys\.path\b/ };

const outsideItsFolder: Rule = ({ language, source, stderr, hasDoneItsWork }) => {
  const isMissing =
    language === 'python'
      ? isOwnModule(missingModule(stderr)) && ABOVE.python.test(source)
      : /Cannot find module/.test(stderr) && ABOVE.node.test(source);
  if (hasDoneItsWork || !isMissing) return null;
  return 'Your script is graded in a copy of its folder, and what lies above that folder is not there: put what it imports beside it.';
};

/** The module that Python did not find. */
function missingModule(stderr: string): string | undefined {
  return /^ModuleNotFoundError: No module named '([\w.]{1,60})'/m.exec(stderr)?.[1];
}

const CLIENTS = ['valkey', 'redis'];

function isOwnModule(name: string | undefined): boolean {
  return name !== undefined && !CLIENTS.includes(name);
}

const pythonPackage: Rule = ({ stderr, source, hasDoneItsWork, contained }) => {
  const name = missingModule(stderr);
  // A package that is looked for in a folder of the learner's is not to be installed.
  if (name === undefined || hasDoneItsWork || (isOwnModule(name) && ABOVE.python.test(source))) return null;
  if (contained) return 'The container in which scripts run has one Python client, `redis`: `import redis`.';
  return CLIENTS.includes(name)
    ? `Python has no package \`${name}\` here. Install it (in a virtual environment, where your system asks for one): \`python3 -m pip install ${name}\`. Or let your script call \`valkey-cli\`, which is always there.`
    : `Python has no package \`${name}\` here. Install it with \`python3 -m pip install\`.`;
};

const nodePackage: Rule = ({ stderr, hasDoneItsWork, contained }) => {
  const [, name] =
    /^(?:\w*Error)(?: \[\w+\])?: Cannot find (?:package|module) '((?:@[\w.-]{1,60}\/)?[\w-][\w.-]{0,60})'/m.exec(
      stderr,
    ) ?? [];
  if (name === undefined || hasDoneItsWork) return null;
  const install = contained
    ? ''
    : ` Or install it in the folder of your script, or above it: \`npm install ${name}\`.`;
  return `Node has no package \`${name}\` here. \`iovalkey\` is always there to import.${install}`;
};

const brokenJson: Rule = ({ stderr }) => {
  const [, place] =
    /Error parsing:? (?:\S*\/)?package\.json(?:.*?\((line \d+ column \d+)\))?/.exec(stderr) ?? [];
  if (!/Error parsing:? (?:\S*\/)?package\.json/.test(stderr)) return null;
  return `The package.json beside your script is no valid JSON${place === undefined ? '' : ` (${place})`}. Most often a comma is missing at the end of the line before, or there is one too many behind the last entry. Most editors mark the place.`;
};

const executeBit: Rule = ({ stderr }) => {
  const [, path] = /^.*line \d+: (\S{1,120}): Permission denied$/m.exec(stderr) ?? [];
  if (path === undefined) return null;
  const file = printable(path);
  return `${file} has no execute bit: \`chmod +x ${file}\` (and \`git update-index --chmod=+x ${file}\`, so that git keeps it), or call it as \`bash ${file}\`.`;
};

const missingInterpreter: Rule = ({ stderr, source, language }) => {
  const [first = ''] = source.split('\n', 1);
  const program = first.startsWith('#!') ? first.slice(2).trim() : '';
  if (language !== 'executable' || program === '' || source.includes('\r\n')) return null;
  return /not found|No such file/.test(stderr)
    ? `Your script's first line asks for \`${printable(program).slice(0, 80)}\`: is that on this machine?`
    : null;
};

const RULES: readonly Rule[] = [
  windowsLineEnds,
  unclosed,
  moduleSyntax,
  commonJs,
  outsideItsFolder,
  pythonPackage,
  nodePackage,
  brokenJson,
  executeBit,
  missingInterpreter,
];

/** `solution.mjs` for `solution.js`, `solution.cts` for `solution.ts`. */
function renamed(name: string, kind: 'm' | 'c'): string {
  return name.replace(/\.[cm]?([jt]s)('?)$/, `.${kind}$1$2`);
}
