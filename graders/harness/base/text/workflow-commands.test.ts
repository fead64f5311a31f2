import { describe, expect, it } from 'vitest';
import {
  jsonWithoutWorkflowCommands,
  withoutWorkflowCommands,
  workflowCommand,
} from './workflow-commands.ts';

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

describe('workflowCommand', () => {
  it('keeps its texts to one command', () => {
    const properties = { file: 'a,b', title: 'x: 100%\n::error::forged' };
    expect(workflowCommand('error', properties, 'one, two: 3%\n::error::forged\r##[error]')).toBe(
      '::error file=a%2Cb,title=x%3A 100%25%0A%3A%3Aerror%3A%3Aforged::one, two: 3%25%0A\\x3a:error::forged%0D#\\x23[error]',
    );
  });
});
