import type { Evidence } from '../../../evidence/evidence.ts';
import type { Cause } from './cause.ts';

const AS_IN_CLI = 'Write your commands one a line, as you would type them in valkey-cli.';

/** Tells of a script that is empty, or has only comments, as the file that a challenge begins with. */
export function nothingWritten({ script: { text, language } }: Evidence): Cause | undefined {
  if (text === null || withoutComments(text, language).trim() !== '') return undefined;
  const isCommandFile = language === 'command-file';
  const name = isCommandFile ? 'Your file' : 'Your script';
  return {
    kind: 'nothing written',
    text: text.trim() === '' ? `${name} is empty.` : `${name} has only comments so far.`,
    ...(isCommandFile && { advice: AS_IN_CLI }),
  };
}

function withoutComments(text: string, language: string): string {
  if (language !== 'javascript' && language !== 'typescript') return text.replaceAll(/^[ \t]*#.*$/gm, '');
  const rest = text.replace(/^#!.*/, '').replaceAll(/^[ \t]*\/\/.*$/gm, '');
  return rest
    .split('/*')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('*/') + 2)))
    .join('');
}
