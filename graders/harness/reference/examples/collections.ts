import { list, zset } from '../../testing/evidence.ts';
import type { CheckExample } from './example.ts';

/** Of lists, sets and sorted sets. */
export const COLLECTION_EXAMPLES: readonly CheckExample[] = [
  {
    kind: 'list-items',
    purpose: 'For a list whose elements and order are known.',
    yaml: 'key: missions:standard\nitems: [patrol, escort, supply]',
    mistake: 'pushed on the other end',
    seen: {
      after: { 'missions:standard': list(['supply', 'escort', 'patrol']) },
      commands: ['LPUSH missions:standard patrol escort supply'],
    },
  },
  {
    kind: 'list-from-strings',
    purpose: 'For a list that is made of what several counters hold.',
    yaml: "key: shots_over_time\nprefix: 'battle:'\nsuffix: ':shots'\nitems: values\norder: name",
    mistake: 'in the wrong order',
    seen: {
      after: { 'battle:13:shots': '40', 'battle:14:shots': '25', shots_over_time: list(['25', '40']) },
      commands: ['RPUSH shots_over_time 25 40'],
    },
  },
  {
    kind: 'moved-element',
    purpose: 'For moves between two lists; judge one of them in one check, and the other in another.',
    yaml: 'from: missions:standard\nto: missions:urgent\nout: RIGHT\ninto: LEFT\njudge: to',
    mistake: 'the element at the other end was moved',
    seen: {
      before: { 'missions:standard': list(['patrol', 'escort']), 'missions:urgent': list(['rescue']) },
      after: { 'missions:standard': list(['escort']), 'missions:urgent': list(['patrol', 'rescue']) },
      commands: ['LMOVE missions:standard missions:urgent LEFT LEFT'],
    },
  },
  {
    kind: 'atomic-list-move',
    purpose: 'For queues from which nothing may get lost between the taking and the putting.',
    yaml: 'from: missions:standard\nto: missions:urgent',
    mistake: 'a pop and a push',
    seen: {
      before: { 'missions:standard': list(['patrol', 'escort']) },
      after: { 'missions:standard': list(['patrol']), 'missions:urgent': list(['escort']) },
      commands: ['RPOP missions:standard', 'LPUSH missions:urgent escort'],
    },
  },
  {
    kind: 'set-members',
    purpose: 'For a set whose members are known.',
    yaml: 'key: battle:hours\nmembers: [13, 14, 15]',
    mistake: 'one hour too many, and one left out',
    seen: {
      after: { 'battle:hours': { type: 'set', members: ['13', '14', '16'], size: 3, expireAt: null } },
      commands: ['SADD battle:hours 13 14 16'],
    },
  },
  {
    kind: 'sorted-set-members',
    purpose: 'For a board whose members and scores are known, or follow from the set-up.',
    yaml: 'key: board\nmembers:\n  wedge: 85.2\n  biggs: { increasedBy: 10 }',
    mistake: 'the score was set, not raised',
    seen: {
      before: { board: zset({ biggs: 70 }) },
      after: { board: zset({ biggs: 10, wedge: 85.2 }) },
      commands: ['ZADD board 85.2 wedge 10 biggs'],
    },
  },
  {
    kind: 'sorted-set-scores',
    purpose: 'For sorted sets whose members may be called anything, such as requests by their time.',
    yaml: 'key: hyperdrive:executor\nscores: [1671234567, 1671234568]',
    mistake: 'one request is missing',
    seen: {
      after: { 'hyperdrive:executor': zset({ 'request-1': 1671234567 }) },
      commands: ['ZADD hyperdrive:executor 1671234567 request-1'],
    },
  },
  {
    kind: 'sorted-set-from',
    purpose:
      'For what is left of a board, or made of several: the right answer is worked out from the set-up.',
    yaml: 'key: board\nfrom: [board]\nbest: 2',
    mistake: 'the best two were removed instead of kept',
    seen: {
      before: { board: zset({ biggs: 70, wedge: 85, luke: 99 }) },
      after: { board: zset({ biggs: 70 }) },
      commands: ['ZREMRANGEBYRANK board -2 -1'],
    },
  },
  {
    kind: 'atomic-score-change',
    purpose: 'For boards that others change at the same time.',
    yaml: 'key: board\nmembers: [biggs]',
    mistake: 'the score was read, and the sum written',
    seen: {
      before: { board: zset({ biggs: 70 }) },
      after: { board: zset({ biggs: 80 }) },
      commands: ['ZSCORE board biggs', 'ZADD board 80 biggs'],
    },
  },
];
