/** The version of the report document; its JSON Schema is `report.schema.json`. */
export const REPORT_VERSION = 1;
