import { describe, expect, it } from 'vitest';
import { InfrastructureError, UsageError } from '../../base/errors.ts';
import { withOwnFiles } from './own-fault.ts';

const failing = (error: Error) =>
  withOwnFiles(
    (reason) => `It cannot be read: ${reason}\nMend it.`,
    () => Promise.reject(error),
  );
const system = (code: string) =>
  Object.assign(new Error(`${code}: open '/a/\u001b[31m\n::error::'`), { code });

describe('withOwnFiles', () => {
  it.each([
    ['ELOOP', 'It cannot be read: a link leads to itself\nMend it.'],
    ['ENAMETOOLONG', 'It cannot be read: a path is too long\nMend it.'],
    ['ERR_FS_FILE_TOO_LARGE', 'It cannot be read: it is too large\nMend it.'],
    ['EISDIR', "It cannot be read: EISDIR: open '/a/\\x1b[31m\\n::error::'\nMend it."],
    ['ENOENT', "It cannot be read: ENOENT: open '/a/\\x1b[31m\\n::error::'\nMend it."],
  ])('makes %s the submission’s fault', async (code, message) => {
    await expect(failing(system(code))).rejects.toThrow(UsageError);
    await expect(failing(system(code))).rejects.toThrow(message);
  });

  it.each(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO', 'ENOMEM', 'EROFS'])(
    'leaves %s the machine’s',
    async (code) => {
      const error = system(code);
      await expect(failing(error)).rejects.toBe(error);
    },
  );

  it('leaves what has its words already, and what is no error of the system', async () => {
    for (const error of [new InfrastructureError('ours'), new UsageError('theirs'), new TypeError('a bug')])
      await expect(failing(error)).rejects.toBe(error);
  });
});
