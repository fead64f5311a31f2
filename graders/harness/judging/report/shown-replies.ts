import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { CommandReply, RunEvidence } from '../../evidence/evidence.ts';

/** So many replies are told one by one. */
const TOLD = 3;

/** Replies that a command file shows and that came out otherwise: a session was pasted, from another server perhaps. */
export function shownReplyNotes({ replies }: Pick<RunEvidence, 'replies'>): string[] {
  const others = (replies ?? []).filter(({ shown }) => shown !== undefined);
  const more = others.length - TOLD;
  return [
    ...others.slice(0, TOLD).map(noteOn),
    ...(more > 0
      ? [`${count(more, 'more reply', 'more replies')} in your file came out otherwise, too.`]
      : []),
  ];
}

function noteOn({ line, reply, shown = '' }: CommandReply): string {
  return `Line ${line}: your file shows the reply ${inOneLine(shown)}, but the server answered ${inOneLine(reply)}. What stands in the file as a reply is not run.`;
}

/** The first lines of a reply in one, safe to print. */
function inOneLine(reply: string): string {
  const lines = reply.split('\n');
  return printable(lines.slice(0, 3).join(' ') + (lines.length > 3 ? ' …' : '')).slice(0, 120);
}
