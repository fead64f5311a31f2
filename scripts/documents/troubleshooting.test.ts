import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../graders/harness/base/project.ts';
import { GAP, textsOfSources, userMessages } from './source-messages.ts';

const harness = join(PROJECT_ROOT, 'graders', 'harness');
const guide = readFileSync(join(PROJECT_ROOT, 'docs', 'troubleshooting.md'), 'utf8');

/** The messages that the document tells of: the first cell of each row. */
const told = [...guide.matchAll(/^\| `(.+?)` \|/gm)].map(([, message = '']) => message);

/** The parts of a message that are the same in every case must stand in a text, in their order. */
function fits(message: string, text: string): boolean {
  let from = 0;
  return message.split(GAP).every((part) => {
    const index = text.indexOf(part.trim(), from);
    from = index + part.trim().length;
    return index !== -1;
  });
}

describe('docs/troubleshooting.md', () => {
  const texts = textsOfSources(harness);

  it('tells of many messages, each once', () => {
    expect(told.length).toBeGreaterThan(100);
    expect(told.filter((message, index) => told.indexOf(message) !== index)).toEqual([]);
  });

  it.each(told)('quotes what the source says: %s', (message) => {
    expect(message.replaceAll(GAP, '').trim().length).toBeGreaterThan(8);
    expect(texts.some((text) => fits(message, text))).toBe(true);
  });

  it('leaves out no error and no finding of doctor', () => {
    const unknown = userMessages(harness).filter((text) => !told.some((message) => fits(message, text)));
    expect(unknown).toEqual([]);
  });
});
