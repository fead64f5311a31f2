import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { patientTimeout } from './patient-timeout.ts';

/** Keeps the event loop from turning, as a long piece of work does. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('patientTimeout', () => {
  it('calls back once when the time is over', async () => {
    const expired = vi.fn();
    const began = performance.now();
    await new Promise<void>((resolve) => {
      patientTimeout(200, () => {
        expired();
        resolve();
      });
    });
    expect(performance.now() - began).toBeGreaterThanOrEqual(199);
    await sleep(200);
    expect(expired).toHaveBeenCalledOnce();
  });

  it('never calls back once it was cleared', async () => {
    const expired = vi.fn();
    patientTimeout(20, expired).clear();
    await sleep(200);
    expect(expired).not.toHaveBeenCalled();
  });

  it('begins anew', async () => {
    const expired = vi.fn();
    const timeout = patientTimeout(300, expired);
    for (let turn = 0; turn < 5; turn += 1) {
      block(100);
      await nextTurn();
      timeout.restart();
    }
    expect(expired).not.toHaveBeenCalled();
    timeout.clear();
  });

  it('charges no time in which the process was blocked', async () => {
    const expired = vi.fn();
    const timeout = patientTimeout(500, expired);
    block(1_000);
    await sleep(1);
    await nextTurn();
    expect(expired).not.toHaveBeenCalled();
    timeout.clear();
  });

  it('lets through what has come meanwhile', async () => {
    let accepted: Socket | undefined;
    const server = createServer((socket) => {
      accepted = socket;
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
    await once(socket, 'connect');
    while (!accepted) await nextTurn();
    const order: string[] = [];
    const timeout = patientTimeout(1, () => order.push('expired'));
    socket.once('data', () => {
      order.push('answer');
      timeout.clear();
    });
    accepted.write('answer');
    // Both are due when the loop turns again.
    block(50);
    while (order.length === 0) await nextTurn();
    await sleep(100);
    expect(order).toEqual(['answer']);
    socket.destroy();
    server.close();
  });
});
