/** What one submission sent to the server: its different commands, normalised. */
export interface CommandTrace {
  submission: string;
  commands: readonly string[];
}

/** Two submissions whose commands are nearly the same, as far as few others sent them. */
export interface SimilarPair {
  left: string;
  right: string;
  /** From 0 to 1: how much of what is rare in either is in both. */
  similarity: number;
  /** The commands that both sent and few others did. */
  rare: string[];
}

/** Which share of a class may send a command, or use a word, that is still rare. */
const RARE_SHARE = 0.05;
/** A pair shares rare words of so much information (nats) at least, and so many of them: one typing error may be made twice. */
const LEAST_INFORMATION = 12;
const LEAST_WORDS = 3;
const LEAST_COMMANDS = 3;
/** How much of what is rare in either must be in both. */
const LEAST_SIMILARITY = 0.8;
/** With how many of the others that share something rare each is compared, so that the work stays linear. */
const NEIGHBOURS = 8;

/**
 * Finds submissions of one challenge whose commands are nearly the same in what few others wrote. What the
 * instructions dictate is in most traces and weighs nothing; what is in few weighs by how few they are (inverse
 * document frequency). A hint to look at two works, and no more than that: it is told only where much that is
 * rare agrees, and nearly all of it. The time is in proportion to the length of the traces. Pure: the same traces
 * give the same pairs, the most similar first.
 */
export function similarTraces(traces: readonly CommandTrace[]): SimilarPair[] {
  const all = traces.map((trace) => ({
    ...trace,
    set: new Set(trace.commands),
    words: new Set(trace.commands.flatMap(wordsOf)),
  }));
  const commandCounts = counts(all.map(({ set }) => set));
  const wordCounts = counts(all.map(({ words }) => words));
  const limit = Math.max(2, Math.floor(all.length * RARE_SHARE));
  const information = (frequency: number | undefined) => Math.log(all.length / (frequency ?? 1));
  const isRare = (frequency: number | undefined) => frequency !== undefined && frequency <= limit;
  const rare = all.map(({ submission, set, words }) => ({
    submission,
    commands: [...set].filter((command) => isRare(commandCounts.get(command))),
    words: new Set([...words].filter((word) => isRare(wordCounts.get(word)))),
  }));
  const weight = (commands: Iterable<string>) =>
    [...commands].reduce((sum, command) => sum + information(commandCounts.get(command)), 0);
  const pairs: SimilarPair[] = [];
  for (const [one, other] of candidates(rare.map(({ commands }) => commands))) {
    const [left, right] = [rare[one], rare[other]];
    if (!left || !right) continue;
    const theirs = new Set(right.commands);
    const shared = left.commands.filter((command) => theirs.has(command));
    const words = [...left.words].filter((word) => right.words.has(word));
    const told = words.reduce((sum, word) => sum + information(wordCounts.get(word)), 0);
    if (shared.length < LEAST_COMMANDS || words.length < LEAST_WORDS || told < LEAST_INFORMATION) continue;
    const similarity = weight(shared) / weight(new Set([...left.commands, ...right.commands]));
    if (similarity < LEAST_SIMILARITY) continue;
    pairs.push({ left: left.submission, right: right.submission, similarity, rare: shared });
  }
  return pairs.sort((a, b) => b.similarity - a.similarity || b.rare.length - a.rare.length);
}

/** The words of a command: what its spaces part, quotes aside. */
function wordsOf(command: string): string[] {
  return command.split(/[\s"]+/).filter((word) => word !== '');
}

function counts(sets: readonly ReadonlySet<string>[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const set of sets) for (const item of set) found.set(item, (found.get(item) ?? 0) + 1);
  return found;
}

/** Pairs (by index) that share something rare, each once: what is rare leads to those next to each other. */
function candidates(features: readonly (readonly string[])[]): [number, number][] {
  const holders = new Map<string, number[]>();
  for (const [index, list] of features.entries())
    for (const feature of list) {
      const found = holders.get(feature);
      if (found) found.push(index);
      else holders.set(feature, [index]);
    }
  const pairs = new Map<string, [number, number]>();
  for (const indexes of holders.values())
    for (const [position, one] of indexes.entries())
      for (const other of indexes.slice(position + 1, position + 1 + NEIGHBOURS))
        pairs.set(`${one} ${other}`, [one, other]);
  return [...pairs.values()];
}
