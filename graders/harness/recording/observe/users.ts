import type { ServerQuestion } from '../../evidence/answers.ts';
import type { User } from '../../evidence/evidence.ts';
import type { GraderSession } from './grader-session.ts';

/** As many users as are kept, and rules of each: more than anybody needs to learn what users are. */
const KEPT = { users: 100, rules: 200 };

/** True where users are to be in the evidence: checks ask about one, or learners may make some. */
export function asksForUsers(asked: readonly ServerQuestion[], allow: readonly string[]): boolean {
  return (
    allow.includes('acl|setuser') || asked.some(({ isOurs, command }) => isOurs && /^ACL /.test(command))
  );
}

/** The users of a server but for the grader's own. What could be a password is left out. */
export async function readUsers(session: GraderSession): Promise<User[]> {
  const lines = ((await session.call('ACL', 'LIST')) as unknown[]).map(String);
  return lines
    .map((line) => line.split(' ').slice(1))
    .filter(([name]) => name !== session.credentials.username)
    .slice(0, KEPT.users)
    .map(([name = '', ...rules]) => ({
      name,
      rules: rules.filter((rule) => !/^[#><!]/.test(rule)).slice(0, KEPT.rules),
      passwords: rules.filter((rule) => rule.startsWith('#')).length,
    }));
}
