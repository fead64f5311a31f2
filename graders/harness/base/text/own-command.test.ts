import { expect, it } from 'vitest';
import { ownCommand } from './own-command.ts';

it.each([
  [['grade', 'sessions/cantina', '.'], 'npx keyspace-grader grade sessions/cantina .'],
  [['grade', "my folder/it's"], "npx keyspace-grader grade 'my folder/it'\\''s'"],
  [['grade', '$(id)', ''], "npx keyspace-grader grade '$(id)' ''"],
])('quotes what a shell would take apart: %j', (words, command) => {
  expect(ownCommand(...words)).toBe(command);
});
