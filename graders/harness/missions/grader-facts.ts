import { parseGraderFile } from '../grader/grader-file.ts';
import type { GraderFacts } from './map.ts';

/** What the map tells of the text of a grader file. Throws DocumentError with file, line and column. */
export function graderFacts(text: string, name: string): GraderFacts {
  const { title, points, checks, minVersion = null } = parseGraderFile(text, name).content;
  return { title, points, checks: checks.length, minVersion };
}
