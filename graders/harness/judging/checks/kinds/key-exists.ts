import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { PASS } from '../finding.ts';
import { describeKey, KEY } from '../key-param.ts';
import { object } from '../parameters.ts';

export const keyExists = defineKind({
  kind: 'key-exists',
  description: 'The key is there, of whatever type.',
  parameters: object(KEY),
  example: {
    purpose:
      'For the first check of a challenge, which the others need: a misspelt key is told once, not ten times.',
    yaml: 'key: session:han_solo',
    mistake: 'another name was chosen',
    seen: {
      after: { 'session:Han-Solo': { hash: { species: 'human' } } },
      commands: ['HSET session:Han-Solo species human'],
    },
  },
  keys: ({ key }) => [key],
  judge({ key, db = 0 }, run) {
    if (run.key(key, db)) return PASS;
    return {
      passed: false,
      expected: `a key named ${key}`,
      actual: describeKey(run, key, db),
      commands: changesOf(run, key),
    };
  },
});
