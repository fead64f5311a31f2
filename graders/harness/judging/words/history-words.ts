import { thousands } from '../../base/text/count.ts';
import type { Replay } from '../../evidence/evidence.ts';
import { valueInWords } from './value-words.ts';

/** Keys that are named. */
const KEYS = 5;

const REASONS: Record<Exclude<Replay['until'], 'end'>, string> = {
  gap: 'commands are missing from the trace after that',
  'too many commands': 'there are too many to run again',
  'too long': 'running them again took too long',
  'too large': 'what they changed is too large to keep',
  'no answer': 'the server stopped answering',
};

/**
 * What is not known of what the commands of a run did, a sentence each: how far it is known, and of which keys it
 * is not. `number` is that of the last command whose effect is known; 0 for none.
 */
export function limitsInWords({ until, unlike }: Replay, number: number): string[] {
  const sentences: string[] = [];
  if (until !== 'end') {
    sentences.push(
      number === 0
        ? `What the commands did is not known: ${REASONS[until]}.`
        : `What the commands did is known up to command ${thousands(number)}: ${REASONS[until]}.`,
    );
  }
  if (unlike.length > 0) {
    const names = unlike
      .slice(0, KEYS)
      .map(({ db, key }) => `${valueInWords(key)}${db === 0 ? '' : ` (database ${db})`}`);
    const more = unlike.length - names.length;
    const all = more > 0 ? [...names, `${thousands(more)} more`] : names;
    const last = all.pop();
    const keys = all.length > 0 ? `${all.join(', ')} and ${last}` : last;
    const one = unlike.length === 1;
    sentences.push(
      `When the grader ran the commands again, ${one ? 'one key' : 'some keys'} ended up different from what your script left: ${keys}. How ${one ? 'it' : 'they'} came to be is not known, so what is shown of ${one ? 'it' : 'them'} here may be wrong.`,
    );
  }
  return sentences;
}
