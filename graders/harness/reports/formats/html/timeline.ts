import type { RunEvidence } from '../../../evidence/evidence.ts';
import { seconds } from './elements.ts';
import { type Html, html } from './markup.ts';

/** Into so many parts the time of the script is divided: a part with commands is one stroke. */
const PARTS = 200;

/** When the commands of a run came, at a glance. Only for the eye: the table says the same. */
export function timeline({ trace, clock }: RunEvidence, marked: ReadonlySet<number>): Html | null {
  const { entries } = trace;
  const last = entries.at(-1)?.at ?? 0;
  const length = Math.max(clock.serverEnd, last / 1000) - clock.serverStart;
  if (entries.length < 2 || length <= 0) return null;
  const parts = new Map<number, boolean>();
  entries.forEach(({ at }, index) => {
    const share = Math.min(1, Math.max(0, (at / 1000 - clock.serverStart) / length));
    const part = Math.round(share * PARTS);
    parts.set(part, marked.has(index) || (parts.get(part) ?? false));
  });
  const strokes = [...parts]
    // Those that matter lie above the others.
    .sort((left, right) => Number(left[1]) - Number(right[1]))
    .map(([part, isMarked]) => {
      const x = `${0.5 + (part / PARTS) * 99}%`;
      const top = isMarked ? '0%' : '30%';
      return html`<line${isMarked && html` class="marked"`} x1="${x}" x2="${x}" y1="${top}" y2="100%"/>`;
    });
  return html`<div class="timeline" aria-hidden="true"><svg focusable="false">${strokes}</svg><span>0</span><span>${length < 1000 ? `${Math.round(length)} ms` : seconds(length)}</span></div>`;
}
