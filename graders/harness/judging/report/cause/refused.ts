import { count } from '../../../base/text/count.ts';
import type { Cause } from './cause.ts';
import type { Refusal } from './refusals.ts';

/** Refusals that are told one by one. */
const TOLD = 3;

const SINGLE =
  'The grading server stands alone: connect with an ordinary client, not with one for clusters, to the address in VALKEY_URL.';

/** Tells of commands that did nothing since the server refused them, the first ones each with the server's words. */
export function refusedCauses(refusals: readonly Refusal[]): Cause[] {
  const told = refusals.slice(0, TOLD).map((refusal): Cause => {
    const { line } = refusal;
    return {
      kind: 'refused',
      text: `The server refused ${refusalText(refusal)}`,
      ...(/cluster support disabled/.test(refusal.words ?? '') && { advice: SINGLE }),
      ...(line !== null && { line }),
    };
  });
  const more = refusals.slice(TOLD).reduce((sum, { times }) => sum + times, 0);
  if (more === 0) return told;
  return [...told, { kind: 'refused', text: `It refused ${count(more, 'more command')}.` }];
}

/** `line 2, GET a: ERR …`; `3 × HSET: ERR …`. */
function refusalText({ name, line, command, times, words }: Refusal): string {
  const what = times > 1 ? `${times} × ${command}` : command;
  const why =
    words ?? (name === 'auth' ? 'it has no passwords' : 'most often, the number of arguments is wrong');
  return `${line === null || times > 1 ? what : `line ${line}, ${what}`}: ${why}`;
}
