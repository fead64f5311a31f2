import { quote } from '../notation/quoting.ts';
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
function formatReply(reply: Reply): string {
  const parts: string[] = [];
  writeReply(parts, reply, '');
  return `${parts.join('')}\n`;
}

/** Adds a reply without its last line feed: what is put together once takes time in proportion to its length. */
function writeReply(parts: string[], reply: Reply, prefix: string): void {
  if ('items' in reply) writeItems(parts, reply, prefix);
  else parts.push(formatValue(reply));
}

function formatValue(reply: Exclude<Reply, { items: Reply[] }>): string {
  switch (reply.type) {
    case 'status':
      return `${reply.value}${cutNote(reply)}`;
    case 'error':
      return `(error) ${reply.value}${cutNote(reply)}`;
    case 'integer':
      return `(integer) ${reply.value}${cutNote(reply)}`;
    case 'double':
      return `(double) ${reply.value}${cutNote(reply)}`;
    case 'bulk':
      return `${quote(reply.value)}${cutNote(reply)}`;
    case 'verbatim':
      return `${reply.value.toString()}${cutNote(reply)}`;
    case 'boolean':
      return `(${reply.value})`;
    case 'nil':
      return '(nil)';
  }
}

function writeItems(parts: string[], reply: Extract<Reply, { items: Reply[] }>, prefix: string): void {
  const step = reply.type === 'map' ? 2 : 1;
  const count = reply.items.length / step;
  if (count === 0) parts.push(reply.missing ? cutNote(reply).trimStart() : EMPTY[reply.type]);
  const width = String(count).length;
  const inner = prefix + ' '.repeat(width + 2);
  for (let index = 0; index < count; index += 1) {
    const item = reply.items[index * step];
    const value = reply.items[index * step + 1];
    if (!item) break;
    if (index > 0) parts.push('\n', prefix);
    parts.push(`${String(index + 1).padStart(width)}${AFTER_INDEX[reply.type]} `);
    writeReply(parts, item, inner);
    if (step === 2 && value) {
      parts.push(hasManyLines(value) ? ` => \n${inner}` : ' => ');
      writeReply(parts, value, inner);
    }
  }
  if (count > 0 && reply.missing) parts.push('\n', prefix, cutNote(reply).trimStart());
}

/** Says how much of a reply was not kept, as it does of other output. */
function cutNote({ missing }: { missing?: number }): string {
  return missing ? ` … ${missing} bytes of this reply were cut here …` : '';
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
  const parts: Buffer[] = [];
  writeRawReply(parts, reply);
  return Buffer.concat(parts);
}

function writeRawReply(parts: Buffer[], reply: Reply): void {
  switch (reply.type) {
    case 'bulk':
    case 'verbatim':
      parts.push(reply.value);
      break;
    case 'nil':
      break;
    case 'boolean':
      parts.push(Buffer.from(`(${reply.value})`));
      break;
    case 'error':
      parts.push(Buffer.from(`${reply.value}\n`));
      break;
    case 'status':
    case 'integer':
    case 'double':
      parts.push(Buffer.from(reply.value));
      break;
    default:
      reply.items.forEach((item, index) => {
        if (index > 0) parts.push(Buffer.from(reply.type === 'map' && index % 2 === 1 ? ' ' : '\n'));
        writeRawReply(parts, item);
      });
  }
}
