import { describe, expect, it } from 'vitest';
import { sentencesOf } from './sentences.ts';

const README = `# A jukebox

Nobody reads this.

## What to do

1. Count the *plays* of \`song:7\`. Use one
   command for it.
2. Give it a TTL:

   | song | TTL |
   | --- | --- |
   | \`song:7\` | 60 |

\`\`\`sh
npm run grade. Not this.
\`\`\`

## What must hold at the end

- The ratio is \`0.5\`, see [INCR](https://valkey.io/commands/incr/). It stays.

## How to write it

As you like.
`;

describe('sentencesOf', () => {
  it('finds what is asked for, paragraph by paragraph, with its line', () => {
    expect(sentencesOf(README)).toEqual([
      { text: 'Count the plays of song:7.', line: 7 },
      { text: 'Use one command for it.', line: 7 },
      { text: 'Give it a TTL:', line: 9 },
      { text: 'The ratio is 0.5, see INCR.', line: 21 },
      { text: 'It stays.', line: 21 },
    ]);
  });

  it('finds none where no section asks for anything', () => {
    expect(sentencesOf('# A jukebox\n\nJust music. Nothing else.\n')).toEqual([]);
  });
});
