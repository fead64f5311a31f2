import type { RunEvidence } from '../../../evidence/evidence.ts';
import { checksSection, notesSection } from './checks.ts';
import { heading } from './elements.ts';
import { environmentSection } from './environment.ts';
import { keyspaceBlock } from './keyspace.ts';
import { type Html, html } from './markup.ts';
import { outputBlock } from './output.ts';
import { sourceSection } from './script-source.ts';
import type { PageSubmission } from './submission.ts';
import { summary } from './summary.ts';
import { traceBlock } from './trace.ts';

/** All that the page says of one submission. */
export function submissionArticle(submission: PageSubmission): Html {
  const { evidence, prefix } = submission;
  const [main, ...variants] = evidence?.runs ?? [];
  return html`<article id="${prefix}" tabindex="-1">
${summary(submission)}
${contents(submission)}
${checksSection(submission)}
${notesSection(submission)}
${main && runBlocks(submission, main, submission.level + 1)}
${sourceSection(submission)}
${variants.length > 0 && variantsSection(submission, variants)}
${environmentSection(submission)}
</article>`;
}

/** The way to each part. */
function contents({ report, evidence, prefix }: PageSubmission): Html | null {
  if (!evidence) return null;
  const parts = [
    ['checks', 'Checks', report.checks.length > 0],
    ['notes', 'Good to know', report.notes.length > 0],
    ['run-0-commands', 'Commands', true],
    ['run-0-keyspace', 'Keyspace', true],
    ['run-0-output', 'Output', true],
    ['script', 'Script', true],
    ['variants', 'Other runs', evidence.runs.length > 1],
  ] as const;
  const links = parts.map(
    ([part, label, isThere]) => isThere && html`<li><a href="#${prefix}-${part}">${label}</a></li>`,
  );
  return html`<nav aria-label="Parts of ${prefix.replace('-', ' ')}, ${report.challenge.title}"><ul>${links}</ul></nav>`;
}

function runBlocks(submission: PageSubmission, run: RunEvidence, level: number): Html {
  const prefix = `${submission.prefix}-run-${submission.evidence?.runs.indexOf(run)}`;
  return html`${traceBlock(submission, run, level)}
${keyspaceBlock(prefix, run, level)}
${outputBlock(prefix, run, level)}`;
}

/** The runs against other data, folded: they matter where a check names them. */
function variantsSection(submission: PageSubmission, runs: readonly RunEvidence[]): Html {
  const { report, prefix, level } = submission;
  const titles = new Map(
    report.checks.flatMap(({ variant }) => (variant ? [[variant.id, variant.title]] : [])),
  );
  const blocks = runs.map((run) => {
    const title = titles.get(run.variant ?? '') ?? run.variant;
    return html`<details class="variant"><summary>${title}</summary>
${runBlocks(submission, run, level + 2)}
</details>`;
  });
  return html`<section id="${prefix}-variants">
${heading(level + 1, 'Run again with other data')}
<p>Some checks look at a run of the same script against other data, so that a script that only prints what the task says cannot pass.</p>
${blocks}
</section>`;
}
