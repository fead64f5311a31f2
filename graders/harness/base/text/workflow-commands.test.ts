import { describe, expect, it } from 'vitest';
import { jsonWithoutWorkflowCommands, withoutWorkflowCommands } from './workflow-commands.ts';

describe('withoutWorkflowCommands', () => {
  it.each([
    ['at the beginning', '::error::x', '\\x3a:error::x'],
    ['behind blanks', '  \t::error::x', '  \t\\x3a:error::x'],
    ['behind a colour', '  \u001b[2m::error::x', '  \u001b[2m\\x3a:error::x'],
    ['in a later line', 'a\n\n ::error::x', 'a\n\n \\x3a:error::x'],
    ['of the old kind, wherever', 'a ##[error]x ##[debug]', 'a #\\x23[error]x #\\x23[debug]'],
    ['of the old kind, with more signs', '###[error]', '##\\x23[error]'],
  ])('breaks a command %s', (_, text, expected) => {
    expect(withoutWorkflowCommands(text)).toBe(expected);
  });

  it('leaves alone what is none', () => {
    const text = 'session:han_solo std::vector\n: a\n# [link] ## title\na ::error::x';
    expect(withoutWorkflowCommands(text)).toBe(text);
  });
});

describe('jsonWithoutWorkflowCommands', () => {
  it('means the same, and holds no command', () => {
    const value = { '##[error]': ['###[a]', '\\##[b]', '::error::', '# [c]'] };
    const json = jsonWithoutWorkflowCommands(JSON.stringify(value, null, 2));
    expect(JSON.parse(json)).toEqual(value);
    expect(json).not.toContain('##[');
  });
});
