import type { GraderFile } from './grader-file.ts';

/**
 * What the text of a grader file came to when the bundle was made, by the {@link digestOf} of that text: reading
 * YAML and validating it takes longer than judging a submission. A text that has changed since has another
 * key, so that nothing of this is ever out of date. The bundle has the files of this package here that were
 * found to be without mistake: see scripts/remembered.mjs.
 */
export const REMEMBERED: Readonly<Record<string, () => Promise<{ content: GraderFile }>>> = {};
