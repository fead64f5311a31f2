import { documentOf } from '../../base/document/define.ts';
import type { Schema } from '../../base/document/schema.ts';
import { Report } from './report.ts';

/** The JSON Schema of report documents: `graders/report.schema.json` is this, written out. */
export function reportSchema(): Schema {
  return documentOf('Report on one submission', Report);
}
