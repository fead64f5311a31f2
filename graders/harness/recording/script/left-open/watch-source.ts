/** How often a script looks at itself, in ms. */
const LOOK_MS = 500;
/** After so many looks in a row that found the same, it tells: three seconds of the script's own time. */
const LOOKS = 6;
/** More processor time between two looks than looking takes, in ms: something is being worked out. */
const WORK_MS = 100;

/**
 * A CommonJS module that Node loads before a script. From within it can be told what cannot be seen from outside: that
 * nothing is left that could go on by itself. It writes `mark` to stderr each time it looks and finds that, for some
 * seconds, there have been nothing but open connections to the server, over which nothing went: no timer, no child, no
 * file, no other connection, no work. It ends nothing, and keeps nothing running.
 */
export function watchSource(mark: string): string {
  return `'use strict';
(() => {
  // What the script starts is not watched.
  const at = process.execArgv.indexOf(__filename);
  if (at > 0) process.execArgv.splice(at - 1, 2);
  if (process.channel || !require('node:worker_threads').isMainThread) return;
  const port = process.env.VALKEY_PORT;
  const { writeSync } = require('node:fs');
  const children = new Set();
  require('node:diagnostics_channel').subscribe('child_process', ({ process: child }) => children.add(child));

  // Node lists no timers that do not keep it running, and these may be meant to do something all the same.
  const own = setInterval(look, ${LOOK_MS});
  const Timeout = Object.getPrototypeOf(own);
  const { unref } = Timeout;
  const timers = new Set();
  unref.call(own);
  Timeout.unref = function () {
    timers.add(new WeakRef(this));
    return unref.call(this);
  };
  const isRunning = (timer) => timer !== undefined && timer !== own && !timer._destroyed;

  let before;
  let used = process.cpuUsage();
  let looks = 0;
  function look() {
    const found = connections();
    const { user, system } = process.cpuUsage(used);
    used = process.cpuUsage();
    looks = found !== undefined && found === before && user + system < ${WORK_MS * 1000} ? looks + 1 : 0;
    before = found;
    if (looks < ${LOOKS}) return;
    try {
      writeSync(2, ${JSON.stringify(mark)});
    } catch {
      // Nobody reads it, or not now.
    }
  }

  /** The connections to the server and what went over them; undefined if there is anything else. */
  function connections() {
    const kinds = process.getActiveResourcesInfo();
    if (kinds.some((kind) => kind !== 'TCPSocketWrap' && kind !== 'PipeWrap')) return undefined;
    for (const timer of timers) {
      if (isRunning(timer.deref())) return undefined;
      timers.delete(timer);
    }
    for (const { exitCode, signalCode } of children)
      if (exitCode === null && signalCode === null) return undefined;
    const sockets = process._getActiveHandles().filter(({ fd }) => fd !== 1 && fd !== 2);
    const isIdle = (socket) =>
      socket.remotePort !== undefined &&
      String(socket.remotePort) === port &&
      !socket.connecting && !socket.destroyed && socket.writableLength === 0 &&
      !(socket.timeout && socket.listenerCount('timeout') > 0);
    if (sockets.length === 0 || !sockets.every(isIdle)) return undefined;
    return sockets.map(({ localPort, bytesRead, bytesWritten }) => [localPort, bytesRead, bytesWritten]).join(' ');
  }
})();
`;
}
