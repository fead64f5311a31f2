import { describe, expect, it } from 'vitest';
import type { AnsweredReply, User } from '../../../evidence/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { aclUser } from './acl-user.ts';
import { configValue } from './config-value.ts';

const CHEWIE: User = { name: 'chewie', rules: ['on', '~*', '+get'], passwords: 1 };
const judge = (answered: AnsweredReply, users: User[] = [CHEWIE]) =>
  judgeCheck(
    aclUser,
    { user: 'chewie', may: ['GET a'], on: true, password: true },
    { users, answers: { 'ACL DRYRUN chewie GET a': answered } },
  );

describe('acl-user', () => {
  it('passes if the server says so', () => {
    expect(judge('OK')).toEqual({ passed: true });
  });

  it('says what the user may not, and the rules that say so', () => {
    expect(judge('User chewie has no permissions')).toMatchObject({
      expected: 'chewie may run GET a',
      actual: 'the user may not; the rules: on ~* +get',
    });
    expect(judge('OK', [])).toMatchObject({
      expected: 'a user named chewie',
      actual: 'there are no users but the grader’s',
    });
    expect(judge('OK', [{ ...CHEWIE, rules: ['off'] }])).toMatchObject({ expected: 'chewie is on' });
    expect(judge('OK', [{ ...CHEWIE, rules: ['on', 'nopass'] }])).toMatchObject({
      expected: 'chewie needs a password',
    });
  });

  it('comes to no verdict by a command that cannot be tried, or that was not', () => {
    expect(() => judge({ error: 'ERR Command not found' })).toThrow('ACL DRYRUN cannot try `GET a`');
    expect(() => judgeCheck(aclUser, { user: 'chewie', on: true }, {})).toThrow('grade the submission again');
    expect(() => judgeCheck(aclUser, { user: 'chewie', may: ['GET a'] }, { users: [CHEWIE] })).toThrow(
      'grade the submission again',
    );
  });
});

describe('config-value', () => {
  it('comes to no verdict by a setting that the server does not have', () => {
    const judged = (answered: AnsweredReply) =>
      judgeCheck(
        configValue,
        { setting: 'maxmemory', value: { number: 1024 } },
        { answers: { 'CONFIG GET maxmemory': answered } },
      );
    expect(judged(['maxmemory', '1024'])).toEqual({ passed: true });
    expect(judged(['maxmemory', '1'])).toMatchObject({ actual: 'it is "1"' });
    expect(() => judged([])).toThrow('the server has no setting named maxmemory');
  });
});
