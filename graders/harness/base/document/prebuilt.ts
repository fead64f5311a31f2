/**
 * Documents that were parsed and validated when the bundle was made, as JSON, each by the digest of its text:
 * parsing and validating YAML takes longer than judging a submission. A text that has changed since has another
 * digest, so that nothing of this is ever out of date. The bundle has the documents of this package here: see
 * scripts/prebuilt.mjs.
 */
export const PREBUILT: Readonly<Record<string, string>> = {};
