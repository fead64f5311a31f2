import { messageOf } from '../../base/errors.ts';
import { openPort } from '../../recording/engine/local/free-port.ts';
import { type Finding, findings } from './finding.ts';

/** Whether a port on 127.0.0.1 can be opened and reached: that is how scripts reach their server. */
export async function examineLoopback(): Promise<Finding> {
  const { fine, wrong } = findings('loopback', 'Ports');
  try {
    await openPort(true);
    return fine('a free port on 127.0.0.1 can be opened and reached');
  } catch (error) {
    // proxychains and its like catch every connection, those to this machine too.
    const remedy = process.env.LD_PRELOAD ? 'unset LD_PRELOAD' : 'sudo ip link set lo up';
    return wrong(`no port on 127.0.0.1 can be opened and reached: ${messageOf(error)}`, remedy);
  }
}
