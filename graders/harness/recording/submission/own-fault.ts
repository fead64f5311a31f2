import { messageOf, ReadableError, UsageError } from '../../base/errors.ts';

/** What the system says where the machine has run out of something, or is broken: no submission's fault. */
const OURS = new Set(['EAGAIN', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC', 'EROFS', 'ESTALE']);

/** What the system says of names and links, in words: its own name the whole path, which may have thousands of bytes. */
const IN_WORDS: Readonly<Record<string, string>> = {
  ELOOP: 'a link leads to itself',
  ENAMETOOLONG: 'a path is too long',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
};

/** True for what the system says where it is broken or has run out of something, and for what is no error of a system. */
export function isOurs(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return error instanceof ReadableError || code === undefined || OURS.has(code);
}

/**
 * Does something with a submission's own files. What the system says of them is the submission's fault: it becomes
 * a UsageError, whose message is made by `tell` of the reason. What is the machine's is thrown as it is.
 */
export async function withOwnFiles<T>(tell: (reason: string) => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isOurs(error)) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new UsageError(tell(IN_WORDS[code] ?? messageOf(error)), { cause: error });
  }
}
