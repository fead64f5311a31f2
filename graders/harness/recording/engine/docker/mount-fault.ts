import { messageOf } from '../../../base/errors.ts';
import { isInContainer } from './host-of-ports.ts';

/**
 * Why a container could not be started that shows a folder of ours. An engine elsewhere, in a virtual machine or
 * outside of the container that this process is in, sees other folders than we do.
 */
export function reasonOf(error: unknown, folder: string | undefined): string {
  const message = messageOf(error).trim();
  if (folder === undefined || !/(?:does not exist|no such file)/i.test(message) || !message.includes(folder))
    return message;
  const why = isInContainer()
    ? 'this process is in a container'
    : 'it is on another machine, or in a virtual one';
  return (
    `the engine does not see ${folder}, since ${why}.\n` +
    'Set TMPDIR to a folder that both see under the same path (`-v /tmp/grading:/tmp/grading -e TMPDIR=/tmp/grading` for a container), or use `--sandbox process`.'
  );
}
