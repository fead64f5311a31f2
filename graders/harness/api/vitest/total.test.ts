import { expect, it } from 'vitest';
import { report } from '../../testing/report.ts';
import { totalText } from './total.ts';

it('tells what kept a script from its work, and what is good to know', () => {
  const causes = [{ kind: 'crash' as const, text: 'It crashed.' }];
  expect(totalText([report({ causes, notes: ['A note.'] })])).toMatch(
    /^ {2}sessions\/cantina: It crashed\.\n {2}sessions\/cantina: A note\.\n\n/,
  );
});
