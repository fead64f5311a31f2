/** One call in a line of shell: `A=1 program word … > file`, without the variables and redirections. */
export type ShellCall = readonly string[];

const TOKEN = /\s*(?:((?:[^\s'"\\|&;<>]|'[^']*'|"(?:[^"\\]|\\.)*"|\\.)+)|(\d?[<>]{1,2})|(&&|\|\||[|&;]))/gy;
const VARIABLE = /^[A-Za-z_]\w*=/;

/** The calls of a line of shell. It knows what documents use: quotes, pipes, lists and redirections. */
export function shellCalls(line: string): ShellCall[] {
  const calls: string[][] = [[]];
  let redirected = false;
  for (const [, word, redirection, operator] of line.matchAll(TOKEN)) {
    const call = calls.at(-1) ?? [];
    if (operator !== undefined) calls.push([]);
    else if (redirection !== undefined) redirected = true;
    else if (redirected) redirected = false;
    else if (word !== undefined && !(call.length === 0 && VARIABLE.test(word)))
      call.push(withoutQuotes(word));
  }
  return calls.filter((call) => call.length > 0);
}

function withoutQuotes(word: string): string {
  return word.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_, single, double, escaped) =>
    String(single ?? double?.replaceAll(/\\(.)/g, '$1') ?? escaped),
  );
}
