/** How often a script looks at itself, in ms. */
const LOOK_MS = 500;
/** After so many looks in a row that found the same, it tells: three seconds of the script's own time. */
const LOOKS = 6;
/** More processor time between two looks than looking takes, in ms: something is being worked out. */
const WORK_MS = 100;

/**
 * A CommonJS module that Node loads before a script. From within it can be told what cannot be seen from outside: that
 * nothing is left that could go on by itself. It writes `mark` to stderr each time it looks and finds that, for some
 * seconds, there have been nothing but open connections to the server, over which nothing went: no timer, no thread, no
 * process, no file, no other connection, no work. Where that cannot be told, it says nothing. It ends nothing, and keeps
 * nothing running.
 */
export function watchSource(mark: string): string {
  return `'use strict';
(() => {
  // What the script starts is not watched.
  const at = process.execArgv.indexOf(__filename);
  if (at > 0) process.execArgv.splice(at - 1, 2);
  if (process.channel || !require('node:worker_threads').isMainThread) return;
  const port = process.env.VALKEY_PORT;
  const { readdirSync, readFileSync, writeSync } = require('node:fs');
  const { subscribe } = require('node:diagnostics_channel');
  const children = new Set();
  const threads = new Set();
  subscribe('child_process', ({ process: child }) => children.add(child));
  subscribe('worker_threads', ({ worker }) => {
    // Node's own, in which it loads TypeScript, does nothing by itself.
    if (worker.constructor.name !== 'InternalWorker') threads.add(worker);
  });

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
  const isRunning = (timer) => timer !== own && !timer._destroyed;

  // These wait without being listed anywhere.
  let isHidden = false;
  function watchFor(object, name, hides) {
    const { [name]: original } = object;
    object[name] = function (...args) {
      isHidden ||= hides(...args);
      return Reflect.apply(original, this, args);
    };
  }
  const waits = require('node:timers/promises');
  watchFor(waits, 'setTimeout', (ms, value, options) => options?.ref === false);
  watchFor(waits, 'setInterval', (ms, value, options) => options?.ref === false);
  watchFor(Object.getPrototypeOf(waits.scheduler), 'wait', (ms, options) => options?.ref === false);
  if (Atomics.waitAsync) watchFor(Atomics, 'waitAsync', (array, index, value, ms) => Number.isFinite(ms));
  require('node:module').syncBuiltinESMExports();

  let before;
  let used = process.cpuUsage();
  let looks = 0;
  function look() {
    const found = connections();
    const { user, system } = process.cpuUsage(used);
    used = process.cpuUsage();
    looks = found !== undefined && found === before && user + system < ${WORK_MS * 1000} ? looks + 1 : 0;
    before = found;
    if (looks < ${LOOKS} || othersRun()) return;
    try {
      writeSync(2, ${JSON.stringify(mark)});
    } catch {
      // Nobody reads it, or not now.
    }
  }

  /** Whether something runs that the script or a child of it has started, as far as the system tells. */
  function othersRun() {
    let ids;
    try {
      ids = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).map(Number);
    } catch {
      return children.size > 0;
    }
    const processes = new Map(ids.flatMap((id) => {
      try {
        const stat = readFileSync('/proc/' + id + '/stat', 'latin1');
        const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        const [state, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        // tsx has a compiler at hand, until the script ends.
        const isCompiler = name === 'esbuild' && Number(parent) === process.pid;
        return state === 'Z' || isCompiler ? [] : [[id, { parent: Number(parent), session }]];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    }));
    const session = processes.get(process.pid)?.session;
    for (let id = process.pid; processes.has(id); ) {
      const { parent } = processes.get(id);
      processes.delete(id);
      id = parent;
    }
    return [...processes].some(([id, found]) => found.session === session || isOfThisRun(id));
  }

  /** One that has left the session still has the environment. */
  function isOfThisRun(id) {
    try {
      return readFileSync('/proc/' + id + '/environ', 'latin1').split('\\0').includes('VALKEY_PORT=' + port);
    } catch {
      return false;
    }
  }

  /** The connections to the server and what went over them; undefined if there is anything else. */
  function connections() {
    const kinds = process.getActiveResourcesInfo();
    if (kinds.some((kind) => kind !== 'TCPSocketWrap' && kind !== 'PipeWrap')) return undefined;
    if (isHidden) return undefined;
    for (const reference of timers) {
      const timer = reference.deref();
      // One that has fired may be started again, for as long as somebody has it.
      if (timer === undefined) timers.delete(reference);
      else if (isRunning(timer)) return undefined;
    }
    for (const { exitCode, signalCode } of children)
      if (exitCode === null && signalCode === null) return undefined;
    for (const { threadId } of threads) if (threadId !== -1) return undefined;
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
