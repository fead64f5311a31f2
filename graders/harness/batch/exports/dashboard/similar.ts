import { count } from '../../../base/text/count.ts';
import { type Html, html } from '../../../reports/formats/html/markup.ts';
import { recordKey } from '../../record.ts';
import type { BatchResults } from '../../results.ts';
import type { AllFromEvidence } from '../from-evidence.ts';
import { type SimilarPair, similarTraces } from '../similar-traces.ts';
import { nameLink, section } from './links.ts';
import { sideBySide } from './side-by-side.ts';

/** How many groups are shown, and of how many pairs of a group both traces. */
const GROUPS = 30;
const PAIRS = 3;

/** Submissions of a challenge that are linked by being alike. */
interface Group {
  challenge: string;
  members: string[];
  /** The most similar first. */
  pairs: SimilarPair[];
}

/** The section of command traces that are nearly the same: a hint to look, and it says so. */
export function similarSection(results: BatchResults, made: AllFromEvidence): Html | null {
  const commandsOf = (challenge: string, submission: string) =>
    made.get(recordKey({ challenge, submission }))?.commands ?? [];
  const groups = results.challenges.flatMap(({ id }) => {
    const traces = results.rows.flatMap(({ submission }) => {
      const commands = submission ? commandsOf(id, submission.id) : [];
      return submission && commands.length > 0 ? [{ submission: submission.id, commands }] : [];
    });
    return groupsOf(id, similarTraces(traces));
  });
  if (groups.length === 0) return null;
  const rowById = new Map(results.rows.map((row) => [row.id, row]));
  const named = (id: string, challenge: string): Html => {
    const row = rowById.get(id);
    const cell = row?.cells.find((one) => one.challenge === challenge);
    return row && cell ? nameLink(row, cell) : html`<bdi>${id}</bdi>`;
  };
  const traceOf = (challenge: string) => (id: string) => commandsOf(challenge, id);
  const several = results.challenges.length > 1;
  const items = groups.slice(0, GROUPS).map(
    (group) => html`<li>
<h3>${joined(group.members.map((id) => named(id, group.challenge)))}</h3>
${several && html`<p class="challenge">${group.challenge}</p>`}
${group.pairs.slice(0, PAIRS).map((pair) => pairDetails(pair, (id) => named(id, group.challenge), traceOf(group.challenge)))}
${group.pairs.length > PAIRS && html`<p class="cut">${count(group.pairs.length - PAIRS, 'more pair')} of these are as alike.</p>`}
</li>
`,
  );
  return section(
    'similar',
    'Command traces that are nearly the same',
    html`<p>A hint to read both, and no more. People who sit together, follow the same tutorial or make the same mistake write the same commands. What most of the class wrote, as the instructions ask for it, weighs nothing here: only what few others wrote does.</p>
<ul class="groups">
${items}</ul>
${groups.length > GROUPS && html`<p class="cut">${count(groups.length - GROUPS, 'more group')} are not shown.</p>`}`,
  );
}

function pairDetails(
  pair: SimilarPair,
  named: (id: string) => Html,
  traceOf: (id: string) => readonly string[],
): Html {
  const percent = Math.floor(pair.similarity * 100);
  return html`<details class="pair">
<summary>${count(pair.rare.length, 'rare command')} in common, ${percent} % of what is rare in either</summary>
${sideBySide(named(pair.left), named(pair.right), traceOf(pair.left), traceOf(pair.right), new Set(pair.rare))}
</details>
`;
}

/** Puts pairs that share somebody together. The groups with the most similar pair come first. */
export function groupsOf(challenge: string, pairs: readonly SimilarPair[]): Group[] {
  const groupOf = new Map<string, Group>();
  for (const pair of pairs) {
    const [one, other] = [groupOf.get(pair.left), groupOf.get(pair.right)];
    const group = one ?? other ?? { challenge, members: [], pairs: [] };
    const joined = one && other && one !== other ? other : undefined;
    group.pairs.push(pair, ...(joined?.pairs ?? []));
    group.members = [...new Set([...group.members, ...(joined?.members ?? []), pair.left, pair.right])];
    for (const member of group.members) groupOf.set(member, group);
  }
  const groups = [...new Set(groupOf.values())];
  for (const group of groups) group.pairs.sort((a, b) => b.similarity - a.similarity);
  return groups.sort((a, b) => (b.pairs[0]?.similarity ?? 0) - (a.pairs[0]?.similarity ?? 0));
}

function joined(names: readonly Html[]): Html[] {
  return names.map((name, index) => {
    const before = index === 0 ? '' : index === names.length - 1 ? ' and ' : ', ';
    return html`${before}${name}`;
  });
}
