import { formatRawReply, formatReplyTo, isPlainText } from '../client/format-reply.ts';
import type { Reply } from '../client/reply.ts';
import { quote } from '../notation/quoting.ts';
import type { OutputForm } from './options.ts';

/** The reply to a command as valkey-cli prints it in one of its forms. */
export function formatOutput(form: OutputForm, command: readonly Buffer[], reply: Reply): Buffer {
  if (form === 'standard' || isPlainText(command)) return Buffer.from(formatReplyTo(command, reply));
  const text = form === 'raw' ? formatRawReply(reply) : Buffer.from(FORMS[form](reply), 'latin1');
  return Buffer.concat([text, Buffer.from('\n')]);
}

/** Both build text whose characters are bytes: values may be binary. */
const FORMS = { csv: formatCsv, json: formatJson };

/** Source: cliFormatReplyCSV in Valkey's valkey-cli.c. */
function formatCsv(reply: Reply): string {
  switch (reply.type) {
    case 'error':
      return `ERROR,${quote(bytesOf(reply))}`;
    case 'status':
    case 'bulk':
    case 'verbatim':
      return quote(bytesOf(reply));
    case 'integer':
    case 'double':
      return reply.value;
    case 'boolean':
      return String(reply.value);
    case 'nil':
      return 'NULL';
    default:
      return reply.items.map(formatCsv).join(',');
  }
}

/** Source: cliFormatReplyJson in Valkey's valkey-cli.c. */
function formatJson(reply: Reply): string {
  switch (reply.type) {
    case 'error':
      return `error:${jsonString(bytesOf(reply))}`;
    case 'status':
    case 'bulk':
    case 'verbatim':
      return jsonString(bytesOf(reply));
    case 'integer':
    case 'double':
      return reply.value;
    case 'boolean':
      return String(reply.value);
    case 'nil':
      return 'null';
    case 'map': {
      const pairs = reply.items.flatMap((key, index) => {
        const value = reply.items[index + 1];
        return index % 2 === 0 && value ? [`${jsonKey(formatJson(key))}:${formatJson(value)}`] : [];
      });
      return `{${pairs.join(',')}}`;
    }
    default:
      return `[${reply.items.map(formatJson).join(',')}]`;
  }
}

function jsonKey(text: string): string {
  return text.startsWith('"') ? text : `"${text}"`;
}

/** Bytes beyond ASCII are kept as they are, valid UTF-8 or not. */
function jsonString(bytes: Buffer): string {
  return JSON.stringify(bytes.toString('latin1'));
}

function bytesOf({ value }: { value: string | Buffer }): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : value;
}
