import { expect, it } from 'vitest';
import { styles } from '../../base/text/styles.ts';
import { makeEvidence } from '../../testing/evidence.ts';
import { traceLines } from './trace-lines.ts';

it('tells the commands that never ran beside those that did', () => {
  const [run] = makeEvidence({
    commands: [],
    denied: [{ command: 'config|set', count: 1 }],
    refused: [
      { command: 'config|set', rejected: 1, failed: 0 },
      { command: 'hset', rejected: 2, failed: 1 },
    ],
  }).runs;
  expect(run && traceLines(run, 80, styles(false))).toEqual([
    'The server ran no command.',
    'denied    CONFIG SET, 1 time',
    'refused   HSET, 2 times',
  ]);
});
