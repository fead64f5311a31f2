import { parseValidated, type ValidatedDocument } from '../../base/document/validated-document.ts';
import { type Missions, missionsSchema } from './schema.ts';
import { missionsValidator } from './validate.ts';

/** Parses the text of such a file; `name` is its name for messages. Throws DocumentError with the place. */
export function parseMissions(text: string, name: string): ValidatedDocument<Missions> {
  return parseValidated(text, name, missionsValidator(), { schema: missionsSchema });
}
