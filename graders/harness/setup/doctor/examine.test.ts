import { describe, expect, it } from 'vitest';
import { conclude } from './examine.ts';
import type { Finding, FindingState } from './finding.ts';

/** A machine on which all is fine but what is named. */
function machine(states: Record<string, FindingState> = {}): Finding[] {
  return ['node', 'docker', 'server-image', 'runtime-image', 'valkey-server', 'python', 'temporary'].map(
    (id) => ({ id, title: id, state: states[id] ?? 'fine', found: '', remedy: null }),
  );
}

const auto = { engine: 'auto', sandbox: 'process' } as const;
const statusOf = (id: string, { findings }: ReturnType<typeof conclude>) =>
  findings.find((finding) => finding.id === id)?.status;

describe('conclude', () => {
  it('takes either engine, Docker first', () => {
    expect(conclude(machine(), auto)).toMatchObject({ possible: true, engines: ['docker', 'local'] });
  });

  it.each([
    ['docker', 'local'],
    ['server-image', 'local'],
    ['valkey-server', 'docker'],
  ] as const)('does without %s', (wrong, engine) => {
    const conclusion = conclude(machine({ [wrong]: 'wrong' }), auto);
    expect(conclusion).toMatchObject({ possible: true, engines: [engine] });
    expect(statusOf(wrong, conclusion)).toBe('limited');
  });

  it('takes what is pulled or fetched when it is first used', () => {
    const states = { docker: 'wrong', 'valkey-server': 'limited' } as const;
    expect(conclude(machine(states), auto)).toMatchObject({ possible: true, engines: ['local'] });
  });

  it('names what is broken where no engine is left', () => {
    const conclusion = conclude(
      machine({ docker: 'wrong', 'valkey-server': 'wrong', python: 'wrong' }),
      auto,
    );
    expect(conclusion).toMatchObject({ possible: false, engines: [] });
    const broken = conclusion.findings.filter(({ status }) => status === 'broken').map(({ id }) => id);
    expect(broken).toEqual(['docker', 'valkey-server']);
    expect(statusOf('python', conclusion)).toBe('limited');
  });

  it('is about the engine that was asked for', () => {
    const states = { 'valkey-server': 'wrong' } as const;
    expect(conclude(machine(states), { ...auto, engine: 'local' }).possible).toBe(false);
    expect(conclude(machine(states), { ...auto, engine: 'docker' }).engines).toEqual(['docker']);
  });

  it('needs the runtime image for the container sandbox, and for nothing else', () => {
    const states = { 'runtime-image': 'wrong' } as const;
    expect(conclude(machine(states), auto).possible).toBe(true);
    const contained = conclude(machine(states), { ...auto, sandbox: 'container' });
    expect(contained.possible).toBe(false);
    expect(statusOf('runtime-image', contained)).toBe('broken');
  });

  it('needs a Node that is new enough and a temporary folder, whatever the engine', () => {
    for (const id of ['node', 'temporary'])
      expect(statusOf(id, conclude(machine({ [id]: 'wrong' }), auto))).toBe('broken');
  });
});
