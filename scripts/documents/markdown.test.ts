import { describe, expect, it } from 'vitest';
import { commandsOf } from './markdown.ts';

const texts = (markdown: string) => commandsOf('a.md', markdown).map(({ text }) => text);

describe('commandsOf', () => {
  it('takes the lines of shell blocks without comments, and joins continued ones', () => {
    const block = '# first\nnpm ci && npm test   # all of it\n\ndocker build \\\n  -t a .\necho "#1"\n';
    const found = ['npm ci && npm test', 'docker build -t a .', 'echo "#1"'];
    for (const language of ['sh', 'bash', 'shell'])
      expect(texts(`\`\`\`${language}\n${block}\`\`\`\n`), language).toEqual(found);
    expect(texts(`\`\`\`yaml\n${block}\`\`\`\n`)).toEqual([]);
  });

  it('takes a block without a language where it begins with a program', () => {
    expect(texts('```\nnpx keyspace-grader list\n```\n')).toEqual(['npx keyspace-grader list']);
    expect(texts('```\nSET a 1\n```\n')).toEqual([]);
  });

  it('takes code in sentences and tables that begins with a program and an argument', () => {
    const markdown = [
      'Run `npm test`, `A=1 keyspace-grader list` or `npx vitest run`.',
      'Neither `npm` nor `grade sessions` nor `docker is needed, and not there.`.',
      '',
      '| command |',
      '| --- |',
      '| `docker build .` |',
    ].join('\n');
    expect(commandsOf('a.md', markdown)).toMatchObject([
      { text: 'npm test', line: 1, block: false },
      { text: 'A=1 keyspace-grader list', line: 1 },
      { text: 'npx vitest run', line: 1 },
      { text: 'docker build .', line: 6 },
    ]);
  });

  it('tells the line and the headings', () => {
    const markdown = '# A\n\n## B\n\n### C\n\n## D\n\n```sh\nnpm ci\nnpm test\n```\n';
    expect(commandsOf('a.md', markdown)).toMatchObject([
      { line: 10, headings: ['A', 'D'], block: true },
      { line: 11, headings: ['A', 'D'] },
    ]);
  });

  it('takes the text block that follows for the output', () => {
    const [block, sentence, other] = commandsOf(
      'a.md',
      [
        '```sh\nnpm test\n```\n\n```text\nall\nfine\n```\n',
        'What `npm ci` says:\n\n```text\nadded\n```\n',
        'So does `npm start`.\n\nAnd then:\n\n```text\nnothing of it\n```\n',
      ].join('\n'),
    );
    expect(block?.output).toEqual(['all', 'fine']);
    expect(sentence?.output).toEqual(['added']);
    expect(other?.output).toEqual([]);
  });

  it('takes what follows a prompt for a command, and what does not for its output', () => {
    expect(commandsOf('a.md', '```console\n$ npm test\nfine\n$ npm ci\n```\n')).toMatchObject([
      { text: 'npm test', output: ['fine'] },
      { text: 'npm ci', output: [] },
    ]);
  });
});
