import { expect, it } from 'vitest';
import type { DocumentedCommand } from './documented-command.ts';
import { TYPICAL_CHALLENGE, withoutRepetitions } from './repetitions.ts';

function command(challenge: string, text: string): DocumentedCommand {
  const document = `challenges/${challenge}/README.md`;
  return {
    text,
    document,
    line: 1,
    headings: [`The title of ${challenge}`, 'Grade'],
    block: true,
    output: [],
  };
}

it('keeps one of each, and what is said of one challenge alone', () => {
  const typical = command(TYPICAL_CHALLENGE, `npm run grade -- ${TYPICAL_CHALLENGE}`);
  const other = command('music/jukebox', 'npm run grade -- music/jukebox');
  const wrong = command('music/jukebox', 'npm run grade -- music/juke');
  const own = command('music/jukebox', 'keyspace-grader hint music/jukebox');
  const elsewhere = { ...other, document: 'README.md' };
  expect(withoutRepetitions([other, wrong, own, typical, elsewhere])).toEqual([
    wrong,
    own,
    typical,
    elsewhere,
  ]);
});
