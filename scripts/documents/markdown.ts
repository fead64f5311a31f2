import markdownIt from 'markdown-it';
import type { DocumentedCommand } from './documented-command.ts';

const SHELLS = new Set(['sh', 'bash', 'shell', 'console']);
const PROGRAMS = [
  ...['keyspace-grader', 'npm', 'npx', 'node', 'docker', 'valkey-cli', 'valkey-server', 'bash', 'git', 'gh'],
  ...['kubectl', 'curl', 'jq', 'brew', 'dnf', 'apt', 'apt-get', 'sudo'],
];
/**
 * A program with an argument, variables before it or not. A program's name alone is no command, and neither is
 * a message that begins with one (`git is needed, …`).
 */
const COMMAND = new RegExp(String.raw`^(?:[A-Z_]+=\S+ )*(?:${PROGRAMS.join('|')}) \S(?!.*\w\.$)`);
/** A trailing comment of a line in a block. */
const COMMENT = /\s+#\s.*$/;

/**
 * Finds the commands of a Markdown document, in order: the lines of shell blocks, and code in a sentence that
 * begins with a program's name.
 */
export function commandsOf(document: string, markdown: string): DocumentedCommand[] {
  const found: DocumentedCommand[] = [];
  const headings: string[] = [];
  // The index of the command that a block of output would belong to: one of the paragraph or block before it.
  let candidate: number | undefined;
  // What stands in a cell of a table has the line of its row.
  let line = 1;
  const add = (text: string, block: boolean, at: number, output: readonly string[] = []) => {
    candidate = found.length;
    found.push({ text, document, line: at, headings: [...headings], block, output });
  };
  const tokens = markdownIt().parse(markdown, {});
  for (const [index, token] of tokens.entries()) {
    if (token.map) line = token.map[0] + 1;
    if (token.type === 'heading_open') {
      headings.length = Number(token.tag.slice(1)) - 1;
      headings.push(tokens[index + 1]?.content ?? '');
      candidate = undefined;
    } else if (token.type === 'inline') {
      candidate = undefined;
      for (const child of token.children ?? [])
        if (child.type === 'code_inline' && COMMAND.test(child.content)) add(child.content, false, line);
    } else if (token.type === 'fence') {
      const language = token.info.trim();
      const last = candidate === undefined ? undefined : found[candidate];
      if (SHELLS.has(language) || (language === '' && COMMAND.test(token.content))) {
        candidate = undefined;
        for (const { text, offset, output } of commandLines(token.content))
          add(text, true, line + 1 + offset, output);
      } else {
        if (language === 'text' && last && candidate !== undefined)
          found[candidate] = { ...last, output: token.content.trimEnd().split('\n') };
        candidate = undefined;
      }
    }
  }
  return found;
}

interface Line {
  text: string;
  offset: number;
  output: string[];
}

/** The commands of a shell block. Where it has prompts (`$ `), what has none is output. */
function commandLines(block: string): Line[] {
  const lines = block.trimEnd().split('\n');
  // What a here-document holds is no command.
  if (block.includes('<<')) return [{ text: lines.join('\n'), offset: 0, output: [] }];
  const hasPrompts = lines.some((line) => line.startsWith('$ '));
  const found: Line[] = [];
  let open = '';
  let begin = 0;
  for (const [offset, raw] of lines.entries()) {
    if (open === '') begin = offset;
    if (hasPrompts && open === '' && !raw.startsWith('$ ')) {
      found.at(-1)?.output.push(raw);
      continue;
    }
    const line = open + (hasPrompts ? raw.replace(/^\$ /, '') : raw).trim();
    if (line.endsWith('\\')) {
      open = `${line.slice(0, -1).trimEnd()} `;
      continue;
    }
    open = '';
    const text = line.replace(COMMENT, '');
    if (text !== '' && !text.startsWith('#')) found.push({ text, offset: begin, output: [] });
  }
  return found;
}
