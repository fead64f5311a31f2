// What the page of a report does beyond standing there: it can be read without it.
import { followLinks } from './follow-links.ts';
import { startTimeMachine } from './time-travel/time-machine.ts';
import { startTraceFilter } from './trace-filter.ts';
import { unfoldForPrint } from './unfold-for-print.ts';

followLinks();
unfoldForPrint();
for (const filter of document.querySelectorAll<HTMLElement>('[data-filter]')) startTraceFilter(filter);
for (const panel of document.querySelectorAll<HTMLElement>('[data-travel]')) startTimeMachine(panel);
