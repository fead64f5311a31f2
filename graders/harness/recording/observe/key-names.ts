import { EvidenceLimits } from '../../evidence/limits.ts';
import type { GraderSession } from './grader-session.ts';

/** Names that the server gives at a time, and bytes of these. */
const PAGE = 5_000;
const PAGE_BYTES = 512 * 1024;

/** Lists names of keys inside of the server, which does not send those that are too long to be kept. */
const LISTER = `
local longest, most, mostBytes = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local cursor, names, bytes, left = ARGV[1], {}, 0, 0
repeat
  local page = redis.call('SCAN', cursor, 'COUNT', 100)
  cursor = page[1]
  for _, name in ipairs(page[2]) do
    if #name > longest then
      left = left + 1
    else
      names[#names + 1] = name
      bytes = bytes + #name
    end
  end
until cursor == '0' or #names >= most or bytes >= mostBytes
return { cursor, names, left }
`;

/**
 * The names of the keys of a database, byte by byte as latin1: those in `always` first, there or not, the others
 * in order. `whole` where none is missing.
 */
export async function keyNames(
  session: GraderSession,
  always: readonly string[],
): Promise<{ certain: string[]; others: string[]; whole: boolean }> {
  const { keys, keyNameBytes, keyspaceBytes } = EvidenceLimits;
  const certain = new Set(always.map((name) => Buffer.from(name).toString('latin1')));
  const found = new Set<string>();
  let bytes = 0;
  let tooLong = 0;
  let cursor = '0';
  do {
    const limits = [cursor, keyNameBytes, PAGE, PAGE_BYTES].map(String);
    const [reply] = await session.callAll([['EVAL_RO', LISTER, '0', ...limits]]);
    const [next, page, left] = reply as [Buffer, Buffer[], number];
    for (const name of page) {
      const id = name.toString('latin1');
      if (!certain.has(id)) found.add(id);
      bytes += name.length;
    }
    tooLong += left;
    cursor = next.toString();
  } while (cursor !== '0' && found.size < keys && bytes < keyspaceBytes);
  const others = [...found].sort();
  return {
    certain: [...certain],
    others: others.slice(0, keys),
    whole: cursor === '0' && tooLong === 0 && others.length <= keys,
  };
}
