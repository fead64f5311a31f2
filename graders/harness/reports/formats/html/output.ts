import { thousands } from '../../../base/text/count.ts';
import type {
  CommandReply,
  Messages,
  Output,
  ProcessEvidence,
  RunEvidence,
} from '../../../evidence/evidence.ts';
import { commandText } from '../../../judging/checks/traced-command.ts';
import { amount, heading, seconds } from './elements.ts';
import { type Html, html, lines } from './markup.ts';
import { showValue } from './show-value.ts';

/** How much is shown: characters of a stream's start and end, answers, characters of an answer, messages. */
const SHOWN = { head: 20_000, tail: 5_000, replies: 500, reply: 2_000, messages: 500 } as const;
/** More characters or lines than that are folded. */
const UNFOLDED = { characters: 4_000, lines: 40 } as const;

/** How a run ended, what it printed, and what its commands were answered. */
export function outputBlock(prefix: string, run: RunEvidence, level: number): Html {
  const { process, replies, messages, clock } = run;
  // A command file prints the answers and nothing else.
  const isAnswers = replies !== null && process.stderr.bytes === 0 && replies.length > 0;
  return html`<section id="${prefix}-output">
${heading(level, 'Output')}
<p>${ending(process)} after ${seconds(clock.elapsedMs)}.</p>
${replies !== null && repliesTable(replies)}
${streamBlock('stdout', process.stdout, !isAnswers)}
${streamBlock('stderr', process.stderr, true)}
${messages !== undefined && messagesTable(messages)}
</section>`;
}

function ending({ ended, exitCode, signal, timeLimitMs, leftOpen }: ProcessEvidence): string {
  if (leftOpen) return 'It had nothing left to do, but a client was still open: it was stopped';
  if (ended === 'timed out') return `It was stopped at its time limit of ${timeLimitMs / 1000} s,`;
  if (ended === 'out of memory') return 'It used more memory than it is given and was stopped';
  if (ended === 'too many processes') return 'It started too many processes and was stopped';
  if (ended === 'not started') return 'It could not be started and was given up';
  return signal === null ? `It ended with exit code ${exitCode ?? 0}` : `It was ended by signal ${signal}`;
}

function streamBlock(name: 'stdout' | 'stderr', { text, bytes, cut }: Output, unfold: boolean): Html {
  if (text === '') return html`<p><strong>${name}</strong> is empty.</p>`;
  const rows = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const isShort = text.length <= UNFOLDED.characters && rows <= UNFOLDED.lines;
  const size = `${amount(rows, 'line')}, ${amount(bytes, 'byte')}${cut ? ', not all kept' : ''}`;
  const hidden = text.length - SHOWN.head - SHOWN.tail;
  const shown =
    hidden > 0
      ? html`${lines(text.slice(0, SHOWN.head))}
<em>… ${thousands(hidden)} characters are not shown …</em>
${lines(text.slice(-SHOWN.tail))}`
      : lines(text);
  return html`<details${unfold && isShort && html` open`}><summary><strong>${name}</strong> <small>${size}</small></summary>
<pre>${shown}</pre></details>`;
}

function repliesTable(replies: readonly CommandReply[]): Html | null {
  if (replies.length === 0) return null;
  const rows = replies.slice(0, SHOWN.replies).map(
    ({ line, args, reply, error }) =>
      html`<tr${error && html` class="error"`}><th scope="row">${line}</th><td><code>${commandText({ args }, 200)}</code></td><td><code class="lines">${lines(cutText(reply))}</code></td></tr>
`,
  );
  const more = replies.length - SHOWN.replies;
  const errors = replies.filter(({ error }) => error).length;
  const unfold = replies.length <= UNFOLDED.lines;
  return html`<details${unfold && html` open`}><summary><strong>Answers</strong> <small>${amount(replies.length, 'command')}${errors > 0 && `, ${amount(errors, 'error')}`}</small></summary>
<table class="replies"><caption class="unseen">What the server answered</caption>
<thead><tr><th scope="col" class="number">Line</th><th scope="col">Command</th><th scope="col">Answer</th></tr></thead>
<tbody>
${rows}</tbody></table>${more > 0 && html`<p class="cut">and ${thousands(more)} more</p>`}</details>`;
}

function messagesTable({ entries, cut }: Messages): Html | null {
  if (entries.length === 0) return null;
  const rows = entries.slice(0, SHOWN.messages).map(
    ({ channel, message }) =>
      html`<tr><th scope="row"><code>${showValue(channel)}</code></th><td><code>${showValue(message)}</code></td></tr>
`,
  );
  const more = entries.length > SHOWN.messages || cut;
  return html`<details open><summary><strong>Published messages</strong> <small>${thousands(entries.length)}${cut && ' and more'}</small></summary>
<table class="messages"><caption class="unseen">What the script published, in order</caption>
<thead><tr><th scope="col">Channel</th><th scope="col">Message</th></tr></thead>
<tbody>
${rows}</tbody></table>${more && html`<p class="cut">Not all of them are shown.</p>`}</details>`;
}

function cutText(text: string): string {
  return text.length > SHOWN.reply ? `${text.slice(0, SHOWN.reply)}…` : text;
}
