import { inlined } from './inlined.ts';

/** How all pages look. */
export const baseStyle = inlined(new URL('./browser/base.css', import.meta.url));

/** How the page of a report looks, on top of {@link baseStyle}. */
export const reportStyle = inlined(new URL('./browser/report.css', import.meta.url));

/**
 * What the page of a report does: it opens what a link leads into, opens everything for printing, and filters
 * traces.
 */
export const reportScript = inlined(new URL('./browser/report.ts', import.meta.url));
