import { InfrastructureError } from '../../base/errors.ts';
import { count } from '../../base/text/count.ts';
import type { ServerQuestion } from '../../evidence/answers.ts';
import { commandNameOf } from '../../evidence/command-name.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import type { GraderSession } from './grader-session.ts';

/** Something that a check wants to ask, and cannot. */
interface RefusedQuestion {
  question: ServerQuestion;
  /** The name of a command that the server does not know; undefined for one that it knows. */
  unknown?: string;
  /** Why it is not asked, as the end of a sentence that begins with the command. */
  reason: string;
}

/** What the server says of a command in COMMAND INFO. Source: https://valkey.io/commands/command-info/ */
interface Fact {
  name: string;
  arity: number;
  flags: ReadonlySet<string>;
  categories: ReadonlySet<string>;
  tips: ReadonlySet<string>;
  hasSubcommands: boolean;
}

/**
 * Those of some questions that a server of this version is not asked: commands that it does not know, and those that do
 * more than answer. The server itself tells, so that commands of modules and of later versions need no list of ours.
 * Throws InfrastructureError.
 */
export async function refusedQuestions(
  session: GraderSession,
  questions: readonly ServerQuestion[],
): Promise<RefusedQuestion[]> {
  const ours = await refusedOfOurs(
    session,
    questions.filter(({ isOurs }) => isOurs),
  );
  const asked = questions
    .filter(({ isOurs }) => !isOurs)
    .map((question) => ({
      question,
      words: splitArguments(question.command).map(String),
    }));
  // A subcommand stands behind a bar: which commands have some, the server knows.
  const names = asked.flatMap(({ words: [name = '', second = ''] }) => [name, `${name}|${second}`]);
  if (names.length === 0) return ours;
  const [infos] = (await session.callAll([['COMMAND', 'INFO', ...names]])) as [(unknown[] | null)[]];
  const refused: RefusedQuestion[] = ours;
  for (const [index, { question, words }] of asked.entries()) {
    const [own, sub] = [infos[2 * index], infos[2 * index + 1]];
    const fact = own && factOf(own);
    const name = (fact?.hasSubcommands ? words.slice(0, 2) : words.slice(0, 1)).join(' ').toUpperCase();
    const told = fact?.hasSubcommands ? sub && factOf(sub) : fact;
    if (!told) {
      refused.push({ question, unknown: name, reason: `the server does not know ${name}` });
      continue;
    }
    const reason = whyNot(told, words.length);
    if (reason !== undefined) refused.push({ question, reason });
  }
  return refused;
}

/** What kinds make up of an author's words, and the server cannot answer whatever a learner does. */
async function refusedOfOurs(
  session: GraderSession,
  questions: readonly ServerQuestion[],
): Promise<RefusedQuestion[]> {
  // Everybody's user is tried in place of one that is to be made.
  const tried = questions
    .map(({ command }) => splitArguments(command))
    .map(([name = '', sub = '', ...rest]) =>
      String(name) === 'ACL' ? [name, sub, 'default', ...rest.slice(1)] : [name, sub, ...rest],
    );
  const replies = await session.tryAll(tried);
  return questions.flatMap((question, index): RefusedQuestion[] => {
    const reply = replies[index];
    if (reply === undefined)
      return [{ question, reason: 'there is no such command, or not with so many arguments' }];
    return Array.isArray(reply) && reply.length === 0
      ? [{ question, reason: 'the server has no such setting' }]
      : [];
  });
}

/**
 * Makes sure that a server can be asked what the checks of a challenge want to know.
 * Throws InfrastructureError, which is nobody's fault who is graded.
 */
export async function requireAskable(
  session: GraderSession,
  questions: readonly ServerQuestion[],
): Promise<void> {
  if (questions.length === 0) return;
  const [refused] = await refusedQuestions(session, questions);
  if (!refused) return;
  const { question, unknown, reason } = refused;
  const { name, version } = await session.version();
  throw new InfrastructureError(
    unknown === undefined
      ? `The grader wants to ask the server ${JSON.stringify(question.command)}, but ${reason}. That is not your fault: please report it to the author of the challenge.`
      : `The grader wants to ask the server ${JSON.stringify(question.command)}, and ${name} ${version} does not know ${unknown}. That is not your fault: the challenge needs a later version (its minVersion) or a server with a module (its image).`,
  );
}

/** Why a command that the server knows is not asked; undefined for one that is. */
function whyNot({ name, arity, flags, categories, tips }: Fact, words: number): string | undefined {
  const shown = commandNameOf(name);
  if (flags.has('write')) return `${shown} writes`;
  if (flags.has('blocking')) return `${shown} may wait for others`;
  if (flags.has('admin') || categories.has('@admin')) return `${shown} is for administrators`;
  if (categories.has('@dangerous')) return `the server calls ${shown} dangerous`;
  if (flags.has('readonly') && categories.has('@scripting'))
    return `${shown} runs a script, which would have the rights of the grader`;
  // What answers differently from time to time is there to tell something: FUNCTION LIST is not flagged as a read.
  const tells = [...tips].some((tip) => tip.startsWith('nondeterministic_output'));
  if (!flags.has('readonly') && !tells) return `${shown} is not read-only`;
  if (arity < 0 ? words < -arity : words !== arity)
    return `${shown} takes ${arity < 0 ? 'at least ' : ''}${count(Math.abs(arity) - commandNameOf(name).split(' ').length, 'argument')}`;
  return undefined;
}

function factOf(info: readonly unknown[]): Fact {
  const [name, arity, flags, , , , categories, tips, , subcommands] = info;
  const texts = (list: unknown) => new Set(((list ?? []) as unknown[]).map(String));
  return {
    name: String(name),
    arity: Number(arity),
    flags: texts(flags),
    categories: texts(categories),
    tips: texts(tips),
    hasSubcommands: ((subcommands ?? []) as unknown[]).length > 0,
  };
}
