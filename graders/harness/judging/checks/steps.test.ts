import { describe, expect, it } from 'vitest';
import { type Command, makeView } from '../../testing/evidence.ts';
import { stepsOf } from './steps.ts';

const OTHER = '127.0.0.1:50001';
const steps = (commands: Command[]) =>
  stepsOf(makeView({ commands })).map((step) => step.map(({ text }) => text));

describe('the steps of a run', () => {
  it('are its commands, where they stand by themselves', () => {
    expect(steps(['SET a 1', 'GET a'])).toEqual([['SET a 1'], ['GET a']]);
    expect(steps([])).toEqual([]);
  });

  it('hold what a Lua script ran behind the command that runs it', () => {
    expect(
      steps(['EVAL s 1 a', { run: 'SET a 1', lua: true }, { run: 'GET a', lua: true }, 'GET b']),
    ).toEqual([['EVAL s 1 a', 'SET a 1', 'GET a'], ['GET b']]);
  });

  it('hold the commands of a transaction, whatever others send meanwhile', () => {
    expect(
      steps([
        'MULTI',
        'SET a 1',
        { run: 'GET a', client: OTHER },
        'EVAL s 0',
        { run: 'GET b', lua: true },
        'EXEC',
      ]),
    ).toEqual([['SET a 1', 'EVAL s 0', 'GET b'], ['GET a']]);
    expect(steps(['MULTI', 'DISCARD', 'GET a', 'MULTI', 'EXEC'])).toEqual([['GET a']]);
  });

  it.each(['RESET', 'QUIT'])('end where %s gives a transaction up', (end) => {
    expect(steps(['MULTI', end, 'SET a 1', 'SET b 1'])).toEqual([['SET a 1'], ['SET b 1']]);
  });
});
