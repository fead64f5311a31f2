import { thousands } from '../../../../base/text/count.ts';
import type { TravelData } from '../browser/time-travel/data.ts';
import { dataElement } from '../data-element.ts';
import { amount } from '../elements.ts';
import { type Html, html } from '../markup.ts';

/**
 * What shows the keyspace at each step of a run, below the table with its commands. The page's script makes it work
 * and shows it: without that, it would do nothing.
 */
export function travelPanel(id: string, data: TravelData): Html {
  const { steps, total } = data;
  if (steps.length === 0) {
    return html`<p class="cut">What the commands changed is too large for this page.</p>`;
  }
  const short =
    steps.length < total &&
    html`<p class="cut">The history is too long for this page: the first ${thousands(steps.length)} of ${amount(total, 'step')} can be looked at.</p>`;
  return html`<div class="travel" id="${id}-travel" role="group" aria-label="Keyspace at each step" data-travel="${id}-history" data-steps="${id}-table" hidden>
<div class="controls">
<label for="${id}-step">Keys after step</label>
<button type="button" class="back" aria-label="Previous step">◂</button>
<input type="range" id="${id}-step" min="0" max="${steps.length}" value="0" step="1">
<button type="button" class="on" aria-label="Next step">▸</button>
<output for="${id}-step">– of ${thousands(steps.length)}</output>
<button type="button" class="close" hidden>Close</button>
</div>
<p class="now" role="status" aria-live="polite">Choose a command, or move the slider, to see the keys as they were right after it.</p>
${short}
<div class="state" role="group" aria-label="The keys at this step" tabindex="0" hidden></div>
</div>
${dataElement(`${id}-history`, JSON.stringify(data))}`;
}
