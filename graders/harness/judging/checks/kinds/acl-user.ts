import { textOf } from '../../../base/bytes.ts';
import { printable, showArgument } from '../../../base/text/printable.ts';
import type { User } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { type CommandNote, type Failure, PASS } from '../finding.ts';
import { atLeastOne, flag, listOf, object, optional, text } from '../parameters.ts';
import { showReply } from '../reply-pattern.ts';
import type { RunView } from '../run-view.ts';
import { answerTo } from '../server-answer.ts';

/** How many characters of a user's rules are shown. */
const SHOWN = 400;

const COMMANDS = { minItems: 1, uniqueItems: true };

export const aclUser = defineKind({
  kind: 'acl-user',
  expects: 'nothing',
  description:
    'The server has this user, who may and may not run these commands. The grader tries each by ACL DRYRUN when the script has ended, so it does not matter which rules say so.',
  parameters: object(
    {
      user: text({ pattern: '^[^\\s"\\\\]+$', description: "The user's name." }),
      may: optional(
        listOf(text({ minLength: 1 }), {
          ...COMMANDS,
          description: 'Commands that the user may run, as one types them in valkey-cli.',
        }),
      ),
      mayNot: optional(
        listOf(text({ minLength: 1 }), { ...COMMANDS, description: 'Commands that the user may not run.' }),
      ),
      on: optional(flag({ description: 'Whether the user can log in: `on` or `off`.' })),
      password: optional(
        flag({ description: 'Whether the user needs a password to log in, and has one; not with `nopass`.' }),
      ),
    },
    atLeastOne('may', 'mayNot', 'on', 'password'),
  ),
  example: {
    purpose: 'For challenges whose `server` lets learners run `acl|setuser`.',
    yaml: "user: chewie\nmay: ['GET ship:falcon']\nmayNot: ['SET ship:falcon sold', 'GET ship:slave-one']\non: true",
    mistake: 'all keys, in place of those of one ship',
    seen: {
      users: [
        {
          name: 'chewie',
          rules: ['on', '~*', 'resetchannels', '-@all', '+get'],
          passwords: 1,
        },
      ],
      answers: {
        'ACL DRYRUN chewie GET ship:falcon': 'OK',
        'ACL DRYRUN chewie SET ship:falcon sold': "User chewie has no permissions to run the 'set' command",
        'ACL DRYRUN chewie GET ship:slave-one': 'OK',
      },
    },
  },
  serverQuestions: ({ user, may = [], mayNot = [] }) =>
    [...may, ...mayNot].map((command) => dryrun(user, command)),
  judge({ user, may = [], mayNot = [], on, password }, run) {
    const { users } = run.evidence;
    if (!users) throw new Error('the evidence does not tell of users: grade the submission again');
    const found = users.find(({ name }) => name === user);
    if (!found)
      return { passed: false, expected: `a user named ${showArgument(user)}`, actual: othersThan(users) };
    const fails = (expected: string, actual: string): Failure => ({
      passed: false,
      expected: `${showArgument(user)} ${expected}`,
      actual: `${actual}; the rules: ${printable(found.rules.join(' ').slice(0, SHOWN))}`,
      commands: makers(run, user),
    });
    if (on !== undefined && on !== found.rules.includes('on'))
      return fails(`is ${onOrOff(on)}`, `the user is ${onOrOff(!on)}`);
    const needs = found.passwords > 0 && !found.rules.includes('nopass');
    if (password !== undefined && password !== needs)
      return fails(
        password ? 'needs a password' : 'needs no password',
        needs ? 'there is a password' : 'no password is needed, or there is none',
      );
    for (const command of may)
      if (!isAllowed(run, user, command)) return fails(`may run ${command}`, 'the user may not');
    for (const command of mayNot)
      if (isAllowed(run, user, command)) return fails(`may not run ${command}`, 'the user may');
    return PASS;
  },
});

function dryrun(user: string, command: string) {
  return { command: `ACL DRYRUN ${user} ${command}`, db: 0, isOurs: true } as const;
}

/** Throws an error for a command that cannot be tried. */
function isAllowed(run: RunView, user: string, command: string): boolean {
  const { reply } = answerTo(run, dryrun(user, command));
  if (typeof reply === 'string') return reply === 'OK';
  throw new Error(`ACL DRYRUN cannot try \`${command}\`: ${showReply(reply)}`);
}

function othersThan(users: readonly User[]): string {
  const names = users.map(({ name }) => showArgument(name));
  if (names.length === 0) return 'there are no users but the grader’s';
  return `the users are ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' and others' : ''}`;
}

function onOrOff(on: boolean): string {
  return on ? 'on' : 'off';
}

/** The commands of a file that made the user; MONITOR shows none of them. Their passwords are for nobody to see. */
function makers(run: RunView, user: string): CommandNote[] {
  return (run.evidence.replies ?? []).flatMap(({ args, line, error }) => {
    const words = args.map((arg) => textOf(arg) ?? '');
    const isMaker = /^acl setuser$/i.test(words.slice(0, 2).join(' ')) && words[2] === user && !error;
    if (!isMaker) return [];
    const command = words.map((word) => showArgument(word.replace(/^([><#!]).*$/s, '$1…'))).join(' ');
    return [{ line, command, effect: null }];
  });
}
