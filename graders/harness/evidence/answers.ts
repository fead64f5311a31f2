import { Null, Optional, type Static, Union } from 'typebox';
import type { Value } from '../base/bytes.ts';
import { count, list, named, object, ref, text } from '../base/document/define.ts';
import { value } from './keyspace.ts';

/** A command that a check has the grader ask the server, as one types it in valkey-cli. */
export interface ServerQuestion {
  command: string;
  /** The database in which it is asked. */
  db: number;
  /** True for one that a kind of check makes up, which no author can get wrong: it may be for administrators. */
  isOurs?: true;
}

/** A reply of the server: a value, nil, a list, or an error. */
export type AnsweredReply = Value | null | AnsweredReply[] | { error: string };

const reply = (description?: string) => ref<AnsweredReply>('reply', description);

export const Reply = named<AnsweredReply>(
  Union([value, Null(), list(reply()), object({ error: text('What the server refused it with.') })]),
  'A value, also for numbers and for words such as OK; null for nil; a list; or an error.',
);

export const Answer = object({
  command: text('As a check has it.'),
  db: count('The database in which it was asked.'),
  reply: reply('What the server answered, in RESP2.'),
  missing: Optional(count('How many bytes of a list were not kept. Only there if it was too long.')),
});
export interface Answer extends Static<typeof Answer> {}

/** A user of the server. Its passwords are nowhere: of a command file they stand in the script itself. */
export const User = object({
  name: text(),
  rules: list(text(), 'As ACL LIST has them, without the passwords.'),
  passwords: count('How many passwords it has.'),
});
export interface User extends Static<typeof User> {}
