/** The version of the evidence document; its JSON Schema is `evidence.schema.json`. */
export const EVIDENCE_VERSION = 2;
