import { inlined } from '../../../reports/formats/html/inlined.ts';

/** How the dashboard looks, on top of the style of all pages. */
export const dashboardStyle = inlined(new URL('./browser/dashboard.css', import.meta.url));

/** What the dashboard does: it makes its tables, sorts and searches them, and opens everything for printing. */
export const dashboardScript = inlined(new URL('./browser/dashboard.ts', import.meta.url));
