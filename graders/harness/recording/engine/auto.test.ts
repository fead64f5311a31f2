import { describe, expect, it } from 'vitest';
import { InfrastructureError } from '../../base/errors.ts';
import type { EngineKind } from '../../evidence/environment.ts';
import { type Candidate, FirstUsableEngine } from './auto.ts';
import type { RunningServer } from './engine.ts';

const broken = (what: string) => async (): Promise<RunningServer> => {
  throw new InfrastructureError(`${what} is broken\nand more`);
};
const server = async () => ({}) as RunningServer;

function candidate(kind: EngineKind, start: () => Promise<RunningServer>, absent?: string | null): Candidate {
  return {
    title: kind === 'docker' ? 'Docker' : 'a local valkey-server',
    absence: async () => (absent === undefined ? null : { reason: absent }),
    prepare: async () => ({ kind, image: null, start }),
  };
}

async function prepare(...candidates: Candidate[]) {
  const told: string[] = [];
  const engine = await FirstUsableEngine.prepare(candidates, (line) => told.push(line));
  return { engine, told };
}

describe('FirstUsableEngine', () => {
  it('takes the first, and says nothing', async () => {
    const { engine, told } = await prepare(candidate('docker', server), candidate('local', server));
    await engine.start();
    expect([engine.kind, told]).toEqual(['docker', []]);
  });

  it('says in one line why an engine does not answer that might be there, and nothing of one that is not', async () => {
    const silent = await prepare(candidate('docker', server, null), candidate('local', server));
    expect([silent.engine.kind, silent.told]).toEqual(['local', []]);
    const { told } = await prepare(candidate('docker', server, 'No engine.'), candidate('local', server));
    expect(told).toEqual(['No engine. Grading with a local valkey-server instead.']);
  });

  it('goes on to the next where it cannot be made ready, or its first servers do not start', async () => {
    const unready = { ...candidate('docker', server), prepare: () => Promise.reject(new Error('no image')) };
    const first = await prepare(unready, candidate('local', server));
    expect(first.told).toEqual([
      'Docker is there, but of no use here: no image. Grading with a local valkey-server instead.',
    ]);
    const { engine, told } = await prepare(candidate('docker', broken('it')), candidate('local', server));
    await Promise.all([engine.start(), engine.start()]);
    expect([engine.kind, told]).toEqual([
      'local',
      ['Docker is there, but of no use here: it is broken. Grading with a local valkey-server instead.'],
    ]);
  });

  it('stays with an engine that has started one', async () => {
    let count = 0;
    const once = () => (count++ === 0 ? server() : broken('the second')());
    const { engine } = await prepare(candidate('docker', once), candidate('local', server));
    await engine.start();
    await expect(engine.start()).rejects.toThrow('the second is broken');
    expect(engine.kind).toBe('docker');
  });

  it('says what is wrong with each', async () => {
    const bad = (kind: EngineKind) => ({
      ...candidate(kind, server),
      prepare: () => Promise.reject(new Error(`${kind}: no`)),
    });
    await expect(prepare(bad('docker'), bad('local'))).rejects.toThrow('docker: no\nlocal: no');
  });
});
