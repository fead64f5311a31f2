import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, hash, keyspace, makeEvidence, makeView } from '../../testing/evidence.ts';
import { judgeCheck } from '../../testing/judge-check.ts';
import { replayOfCommands, viewOfReplayed } from '../../testing/replayed.ts';
import { useServer } from '../../testing/server.ts';
import { hashFields } from './kinds/hash-fields.ts';
import { keyExists } from './kinds/key-exists.ts';
import { states } from './kinds/states.ts';
import { misspeltKey, tellOnce } from './misspelling.ts';
import { RunView } from './run-view.ts';

const server = useServer();
const WANTED = 'session:han_solo';

/** A view of a challenge that names other keys, too. */
function viewAsking(names: readonly string[], options: EvidenceOptions): RunView {
  const evidence = makeEvidence(options);
  const [run] = evidence.runs;
  if (!run) throw new Error('made evidence has a run');
  return new RunView(evidence, run, { names: new Set(names), commands: [] });
}

describe('a misspelt key', () => {
  it('is named where the key is missed', () => {
    const options = { after: { 'sesion:han_solo': hash({}) } };
    expect(judgeCheck(keyExists, { key: WANTED }, options)).toMatchObject({
      actual: 'no such key; yours is called sesion:han_solo',
    });
  });

  it('is the nearest one', () => {
    const after = { 'sesions:han_sol': '', 'sesion:han_solo': '', 'session:leia': '' };
    expect(misspeltKey(makeView({ after }), WANTED)).toBe('; yours is called sesion:han_solo');
  });

  it('is in the same database', () => {
    expect(misspeltKey(makeView({ after: keyspace({}, { 1: { 'sesion:han_solo': '' } }) }), WANTED)).toBe('');
  });

  it('is none that the set-up made, or that the challenge asks for', () => {
    const after = { 'hyperdrive:ywing': '' };
    expect(misspeltKey(makeView({ after }), 'hyperdrive:xwing')).not.toBe('');
    expect(misspeltKey(makeView({ before: after, after }), 'hyperdrive:xwing')).toBe('');
    expect(misspeltKey(viewAsking(['hyperdrive:ywing'], { after }), 'hyperdrive:xwing')).toBe('');
  });

  it('is named when it is gone in the end', async () => {
    const replayed = await replayOfCommands(
      server,
      [],
      ['SET imperial_fleet:endr 7 PX 90000', 'DEL imperial_fleet:endr'],
    );
    const view = viewOfReplayed(replayed);
    expect(misspeltKey(view, 'imperial_fleet:endor')).toBe('; yours is called imperial_fleet:endr');
    expect(states.judge({ key: 'imperial_fleet:endor', always: { ttl: 'any' } }, view)).toMatchObject({
      actual: 'no command wrote it; yours is called imperial_fleet:endr',
    });
  });
});

describe('a misspelt field', () => {
  const fields = { credits: '1' };

  it('is named where the field is missed', () => {
    const options = { after: { k: hash({ credit: '1', species: 'human' }) } };
    expect(judgeCheck(hashFields, { key: 'k', fields }, options)).toMatchObject({
      actual: 'no field credits; yours is called credit',
    });
  });

  it('is none that the set-up made, or that the challenge asks for', () => {
    const k = hash({ credit: '1' });
    expect(judgeCheck(hashFields, { key: 'k', fields }, { before: { k }, after: { k } })).toMatchObject({
      actual: 'no field credits',
    });
    expect(hashFields.judge({ key: 'k', fields }, viewAsking(['credit'], { after: { k } }))).toMatchObject({
      actual: 'no field credits',
    });
  });
});

describe('tellOnce', () => {
  it('leaves each slip where it stands first', () => {
    const slip = '; yours is called sesion:han_solo';
    const other = '; yours is called "a \\"b"';
    expect(
      tellOnce([
        `no such key${slip}`,
        `no field a${other}\nno field b`,
        `no such key${slip}`,
        `none${other}`,
      ]),
    ).toEqual([`no such key${slip}`, `no field a${other}\nno field b`, 'no such key', 'none']);
  });
});
