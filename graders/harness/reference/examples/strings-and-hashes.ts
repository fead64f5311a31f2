import { hash, hyperloglog } from '../../testing/evidence.ts';
import type { CheckExample } from './example.ts';

/** Of keys, hashes and strings. */
export const KEY_EXAMPLES: readonly CheckExample[] = [
  {
    kind: 'key-exists',
    purpose:
      'For the first check of a challenge, which the others need: a misspelt key is told once, not ten times.',
    yaml: 'key: session:han_solo',
    mistake: 'another name was chosen',
    seen: {
      after: { 'session:Han-Solo': hash({ species: 'human' }) },
      commands: ['HSET session:Han-Solo species human'],
    },
  },
  {
    kind: 'key-absent',
    purpose: 'For a key that was to be removed or renamed.',
    yaml: 'key: cart:7',
    mistake: 'the key was emptied of one field and kept',
    seen: { after: { 'cart:7': hash({ apples: '2' }) }, commands: ['HDEL cart:7 pears'] },
  },
  {
    kind: 'keys-absent',
    purpose: 'For a whole family of keys that was to be removed, whatever their number.',
    yaml: "prefix: 'cache:'",
    mistake: 'one of three keys was forgotten',
    seen: { after: { 'cache:3': 'old' }, commands: ['DEL cache:1 cache:2'] },
  },
  {
    kind: 'key-type',
    purpose: 'For a data type that the instructions leave to the learner’s judgement.',
    yaml: 'key: missions:urgent\ntype: list',
    mistake: 'SADD instead of RPUSH',
    seen: {
      after: { 'missions:urgent': { type: 'set', members: ['rescue'], size: 1, expireAt: null } },
      commands: ['SADD missions:urgent rescue'],
    },
  },
  {
    kind: 'hash-fields',
    purpose: 'For what a hash holds. Several fields in one check win or lose their points together.',
    yaml: 'key: session:han_solo\nfields:\n  credits: { increasedBy: -500 }\n  last_activity: { isoDateTime: true, changed: true }',
    mistake: 'the credits were counted up',
    seen: {
      before: { 'session:han_solo': hash({ credits: '10000', last_activity: '2025-08-28T13:30:00' }) },
      after: { 'session:han_solo': hash({ credits: '10500', last_activity: '2025-08-28T13:45:00' }) },
      commands: ['HINCRBY session:han_solo credits 500'],
    },
  },
  {
    kind: 'field-count',
    purpose: 'For a hash that must not hold more than was asked for, beside hash-fields.',
    yaml: 'key: session:han_solo\ncount: 2\norFewer: true',
    mistake: 'a misspelt field stands beside the right one',
    seen: {
      after: { 'session:han_solo': hash({ species: 'human', credits: '9500', Credits: '9500' }) },
      commands: ['HSET session:han_solo species human credits 9500 Credits 9500'],
    },
  },
  {
    kind: 'atomic-field-change',
    purpose: 'For counters in hashes that others change at the same time.',
    yaml: "keys: ['session:han_solo']\nfield: drinks_ordered",
    mistake: 'the number was read, and the sum written',
    seen: {
      before: { 'session:han_solo': hash({ drinks_ordered: '2' }) },
      after: { 'session:han_solo': hash({ drinks_ordered: '3' }) },
      commands: ['HGET session:han_solo drinks_ordered', 'HSET session:han_solo drinks_ordered 3'],
    },
  },
  {
    kind: 'string-value',
    purpose: 'For what a string holds, counters included.',
    yaml: 'key: stall:name\nvalue: Fruit & more',
    mistake: 'a space too many at the end',
    seen: { after: { 'stall:name': 'Fruit & more ' }, commands: ['SET stall:name "Fruit & more "'] },
  },
  {
    kind: 'quotient',
    purpose: 'For a ratio that the script works out from two counters.',
    yaml: 'key: battle:hit_ratio\ndividend: battle:hits_landed\ndivisor: battle:shots_fired\ntolerance: 0.005',
    mistake: 'divided the wrong way round',
    seen: {
      after: { 'battle:hits_landed': '30', 'battle:shots_fired': '120', 'battle:hit_ratio': '4' },
      commands: ['SET battle:hit_ratio 4'],
    },
  },
  {
    kind: 'atomic-count',
    purpose: 'For counters that are strings and that others change at the same time.',
    yaml: "keys: ['battle:shots_fired']",
    mistake: 'the number was read, and the sum written',
    seen: {
      before: { 'battle:shots_fired': '7' },
      after: { 'battle:shots_fired': '8' },
      commands: ['GET battle:shots_fired', 'SET battle:shots_fired 8'],
    },
  },
  {
    kind: 'hyperloglog-count',
    purpose: 'For a count of different things that need not be exact.',
    yaml: 'key: battle:unique_ships\ncount: 6',
    mistake: 'one ship was left out',
    seen: {
      after: { 'battle:unique_ships': hyperloglog(5) },
      commands: ['PFADD battle:unique_ships a b c d e'],
    },
  },
  {
    kind: 'compare-and-set',
    purpose:
      'For “replace it only if it is still what I read”; judge it in a variant, too, in which it is not.',
    yaml: 'key: fleet:hoth\nold: 7\nnew: 5',
    mistake: 'it was replaced without asking, in a run in which another one had been quicker',
    seen: { before: { 'fleet:hoth': '6' }, after: { 'fleet:hoth': '5' }, commands: ['SET fleet:hoth 5'] },
  },
  {
    kind: 'conditional-write',
    purpose: 'For locks and claims: nothing may come between the question and the writing.',
    yaml: 'key: fleet:endor\ncondition: absent',
    mistake: 'asked first, and written afterwards',
    seen: {
      after: { 'fleet:endor': 'claimed' },
      commands: ['EXISTS fleet:endor', 'SET fleet:endor claimed'],
    },
  },
  {
    kind: 'one-step',
    purpose: 'For MSET, MGET and transactions: many keys in one go.',
    yaml: "prefix: 'fleet:'\nnumber: 2\naction: write",
    mistake: 'one command for each key',
    seen: { after: { 'fleet:a': '1', 'fleet:b': '2' }, commands: ['SET fleet:a 1', 'SET fleet:b 2'] },
  },
];
