import { quote } from './quoting.ts';
import type { Reply } from './reply.ts';

const EMPTY = { array: '(empty array)', set: '(empty set)', map: '(empty hash)', push: '(empty push)' };
const AFTER_INDEX = { array: ')', set: '~', map: '#', push: ')' };

/**
 * Commands whose reply is a text to be read, which valkey-cli prints as it is.
 * Source: cliSendCommand in Valkey's valkey-cli.c.
 */
const PLAIN_TEXT =
  /^(?:info|lolwut|client (?:list|info)|memory (?:doctor|malloc-stats)|latency (?:doctor|graph)|cluster (?:info|nodes))(?: |$)/i;

/** True for a command whose reply is printed as it is in every form. */
export function isPlainText(command: readonly Buffer[]): boolean {
  return PLAIN_TEXT.test(command.slice(0, 2).join(' '));
}

/** Formats the reply to a command as valkey-cli prints it on a terminal, ended by a line feed. */
export function formatReplyTo(command: readonly Buffer[], reply: Reply): string {
  if (!isPlainText(command)) return formatReply(reply);
  const text = formatRawReply(reply).toString();
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/**
 * Formats a reply as valkey-cli prints it on a terminal, ended by a line feed.
 * Source: cliFormatReplyTTY in Valkey's valkey-cli.c.
 */
function formatReply(reply: Reply, prefix = ''): string {
  switch (reply.type) {
    case 'status':
      return `${reply.value}\n`;
    case 'error':
      return `(error) ${reply.value}\n`;
    case 'integer':
      return `(integer) ${reply.value}\n`;
    case 'double':
      return `(double) ${reply.value}\n`;
    case 'bulk':
      return `${quote(reply.value)}\n`;
    case 'verbatim':
      return `${reply.value.toString()}\n`;
    case 'boolean':
      return `(${reply.value})\n`;
    case 'nil':
      return '(nil)\n';
    default:
      return formatItems(reply, prefix);
  }
}

function formatItems(reply: Extract<Reply, { items: Reply[] }>, prefix: string): string {
  const step = reply.type === 'map' ? 2 : 1;
  const count = reply.items.length / step;
  if (count === 0) return `${EMPTY[reply.type]}\n`;
  const width = String(count).length;
  const inner = prefix + ' '.repeat(width + 2);
  let text = '';
  for (let index = 0; index < count; index += 1) {
    const item = reply.items[index * step];
    const value = reply.items[index * step + 1];
    if (!item) break;
    text += `${index === 0 ? '' : prefix}${String(index + 1).padStart(width)}${AFTER_INDEX[reply.type]} `;
    text += formatReply(item, inner);
    if (step === 2 && value) {
      const gap = hasManyLines(value) ? `\n${inner}` : '';
      text = `${text.slice(0, -1)} => ${gap}${formatReply(value, inner)}`;
    }
  }
  return text;
}

/** True for a value that begins on a line of its own where it stands in a map. */
function hasManyLines(reply: Reply): boolean {
  if (!('items' in reply)) return false;
  const step = reply.type === 'map' ? 2 : 1;
  const last = reply.items[step - 1];
  return reply.items.length > step || (last !== undefined && hasManyLines(last));
}

/**
 * Formats a reply as valkey-cli prints it into a pipe: values as they are, one a line, no quotes.
 * Source: cliFormatReplyRaw in Valkey's valkey-cli.c.
 */
export function formatRawReply(reply: Reply): Buffer {
  switch (reply.type) {
    case 'bulk':
    case 'verbatim':
      return reply.value;
    case 'nil':
      return Buffer.alloc(0);
    case 'boolean':
      return Buffer.from(`(${reply.value})`);
    case 'error':
      return Buffer.from(`${reply.value}\n`);
    case 'status':
    case 'integer':
    case 'double':
      return Buffer.from(reply.value);
    default: {
      const lines: Buffer[] = [];
      reply.items.forEach((item, index) => {
        if (index > 0) lines.push(Buffer.from(reply.type === 'map' && index % 2 === 1 ? ' ' : '\n'));
        lines.push(formatRawReply(item));
      });
      return Buffer.concat(lines);
    }
  }
}
