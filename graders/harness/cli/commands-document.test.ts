import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { buildProgram } from './program.ts';

const page = readFileSync(join(PROJECT_ROOT, 'docs', 'commands.md'), 'utf8');
/** The cells of its tables' rows, with the bars that stand in a cell taken for what they are. */
const rows = [...page.matchAll(/^\| (`.+) \|$/gm)].map(([, row = '']) => row.split(/(?<!\\) \| /));
const commands = buildProgram(() => undefined).commands;

/** The commands that have an option, by the option's long name. */
function ofProgram(list: readonly CommandUnknownOpts[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const command of list)
    for (const { long } of command.options) {
      if (long && long !== '--no-color')
        found.set(long, new Set([...(found.get(long) ?? []), command.name()]));
    }
  return found;
}

function ofPage(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [option = '', of, meaning] of rows) {
    const long = /`(--[a-z-]+)/.exec(option)?.[1];
    if (long === undefined || of === undefined || meaning === undefined) continue;
    const names = [...of.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);
    found.set(long, new Set([...(found.get(long) ?? []), ...names]));
  }
  return found;
}

describe('docs/commands.md', () => {
  it('has every command, with its arguments', () => {
    const terms = commands.map((command) => {
      const names = command.registeredArguments.map((argument) => {
        const name = argument.name() + (argument.variadic ? '…' : '');
        return argument.required ? `<${name}>` : `[${name}]`;
      });
      return [command.name(), ...names].join(' ');
    });
    const told = rows.flatMap(([cell = '']) => [...cell.matchAll(/`([a-z].*?)`/g)].map(([, term]) => term));
    expect(told).toEqual(expect.arrayContaining(terms));
  });

  it('has every option with the commands that take it, and no other', () => {
    expect(Object.fromEntries(ofPage())).toEqual(Object.fromEntries(ofProgram(commands)));
  });

  it('has the formats of reports that there are', () => {
    const grade = commands.find((command) => command.name() === 'grade');
    const help = grade?.options.find(({ long }) => long === '--report')?.description ?? '';
    const formats = help.split(': ')[1]?.match(/[a-z0-9]+(?=,| or|$)/g);
    const told = rows.find(([cell]) => cell?.startsWith('`--report'))?.[2]?.split(': ')[1];
    expect([...(told ?? '').matchAll(/`(.+?)`/g)].map(([, name]) => name)).toEqual(formats);
  });
});
