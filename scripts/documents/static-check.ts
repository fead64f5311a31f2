import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { PROJECT_ROOT } from '../../graders/harness/base/project.ts';
import { buildProgram } from '../../graders/harness/cli/program.ts';
import { isSynopsis, sameCall } from './documented-command.ts';
import { type ShellCall, shellCalls } from './shell-words.ts';

/** What is no call but a name: `keyspace-grader batch`, where the text speaks of the command. */
const INCOMPLETE = new Set([
  'commander.missingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.missingOption',
]);

/**
 * Says what is wrong with a command as it is written, and runs nothing: a command or an option that
 * keyspace-grader has not, an npm script or a file that this repository has not. Undefined where it finds nothing.
 */
export function faultOf(text: string): string | undefined {
  if (isSynopsis(text)) return faultOfSynopsis(text);
  for (const call of shellCalls(text)) {
    const words = ownCall(call);
    const fault = words ? parse(words).fault : faultOfOther(call);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** True for what names a command (`keyspace-grader batch`) or shows its form, and is no call of it. */
export function isMention(text: string): boolean {
  if (isSynopsis(text)) return true;
  const [call, ...more] = shellCalls(text);
  const words = call && ownCall(call);
  if (more.length > 0 || !words) return false;
  return words.length === 0 || (words.length === 1 && parse(words).incomplete);
}

/** What keyspace-grader is called with; undefined where something else is called. */
function ownCall(call: ShellCall): string[] | undefined {
  const words = call[0] === 'time' ? call.slice(1) : call;
  if (words[0] === 'npm' && words[1] === 'run' && words[2] === 'grade') return ['grade', ...words.slice(4)];
  if (words[0] === 'node' && words[1] === 'bin/keyspace-grader.js') return words.slice(2);
  const [name = '', ...rest] = words[0] === 'npx' ? words.slice(words[1] === '--yes' ? 2 : 1) : words;
  return /^keyspace-grader(@[\d.]+)?$/.test(name) ? rest : undefined;
}

/** Parses a call with the tool's own parser, whose commands do nothing here. */
function parse(words: string[]): { fault?: string; incomplete: boolean } {
  let told = '';
  const program = inertProgram((text) => {
    told += text;
  });
  // The tool's name alone is no mistake in a sentence.
  if (words.length === 0) return { incomplete: true };
  try {
    program.parse(words, { from: 'user' });
    return { incomplete: false };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { incomplete: false };
    if (INCOMPLETE.has(error.code) && words.length <= 1) return { incomplete: true };
    return { fault: told.split('\n')[0] || error.message, incomplete: false };
  }
}

function inertProgram(tell: (text: string) => void): CommandUnknownOpts {
  const program = buildProgram(() => undefined);
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeOut: () => undefined, writeErr: tell });
  for (const command of program.commands) {
    command.action(() => undefined);
    // A document sets the variable of the queue once, and then calls.
    for (const option of command.options) if (option.long === '--queue') option.mandatory = false;
  }
  return program;
}

/** Of `keyspace-grader grade <challenge> --engine auto|local`: the command, the options and their choices. */
function faultOfSynopsis(text: string): string | undefined {
  const words = sameCall(text)
    .split(/\s+/)
    .map((word) => word.replaceAll(/[[\]…]/g, ''));
  if (words[0] === 'npm') return faultOfOther(words.filter((word) => word !== ''));
  if (words[0] !== 'keyspace-grader') return undefined;
  const program = inertProgram(() => undefined);
  const [name = '', ...rest] = words.slice(1);
  if (name === '' || name.startsWith('<')) return undefined;
  const command = name.startsWith('-') ? program : program.commands.find((one) => one.name() === name);
  if (!command) return `there is no command ${name}`;
  for (const [index, word] of rest.entries()) {
    const [flag = '', value] = word.split('=');
    if (!flag.startsWith('-') || flag === '--' || flag === '--help') continue;
    const option = command.options.find(({ long, short }) => long === flag || short === flag);
    if (!option) return `${name} has no option ${flag}`;
    const values = (value ?? rest[index + 1] ?? '').split('|');
    const wrong = values.length > 1 && values.find((one) => !(option.argChoices ?? values).includes(one));
    if (wrong) return `${flag} of ${name} cannot be ${wrong}`;
  }
  return undefined;
}

/** npm's scripts and the files that other programs are given. */
function faultOfOther(words: ShellCall): string | undefined {
  const [program = '', ...args] = words;
  if (program === 'npm' && args[0] === 'run') {
    const script = args.find((word, index) => index > 0 && !word.startsWith('-')) ?? '';
    return script in packageScripts() ? undefined : `package.json has no script ${script}`;
  }
  if (program === 'npx') {
    const name = args.find((word) => !word.startsWith('-')) ?? '';
    const installed = existsSync(join(PROJECT_ROOT, 'node_modules', '.bin', name));
    return installed ? undefined : `no package of this repository has a command ${name}`;
  }
  const files = filesGiven(program, args);
  const missing = files.find((file) => !existsSync(join(PROJECT_ROOT, file)));
  return missing === undefined ? undefined : `there is no ${missing}`;
}

/** What programs are told to read that has to be in this repository. */
function filesGiven(program: string, args: readonly string[]): string[] {
  if (program === 'docker' && args[0] === 'build')
    return args.filter(
      (_, index) => /^(?:-f|--file)$/.test(args[index - 1] ?? '') || index === args.length - 1,
    );
  if (program === 'kubectl') return args.filter((_, index) => args[index - 1] === '-f');
  if (program === 'bash' || program === 'sh' || program === 'node')
    return args.filter((word) => !word.startsWith('-')).slice(0, 1);
  return [];
}

function packageScripts(): Record<string, string> {
  const manifest = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return manifest.scripts;
}
