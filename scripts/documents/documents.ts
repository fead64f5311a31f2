import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../graders/harness/base/project.ts';
import type { DocumentedCommand } from './documented-command.ts';
import { commandsOfHelp } from './help.ts';
import { commandsOf } from './markdown.ts';

/** What graded submissions and checks look like as Markdown is no document for readers. */
const NOT_DOCUMENTS = /^graders\/harness\/reports\/formats\/goldens\/|^fixtures\//;

/** The files of this repository as a fresh clone would have them, with those that are not committed yet. */
export function repositoryFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
  });
  const gone = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: PROJECT_ROOT, encoding: 'utf8' });
  const deleted = new Set(gone.split('\0'));
  return list.split('\0').filter((name) => name !== '' && !deleted.has(name));
}

/** Every command of every document, and of every `--help`. */
export function documentedCommands(): DocumentedCommand[] {
  const documents = repositoryFiles().filter((name) => name.endsWith('.md') && !NOT_DOCUMENTS.test(name));
  return [
    ...documents.flatMap((name) => commandsOf(name, readFileSync(join(PROJECT_ROOT, name), 'utf8'))),
    ...commandsOfHelp(),
  ];
}
