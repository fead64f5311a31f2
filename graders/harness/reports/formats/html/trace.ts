import { thousands } from '../../../base/text/count.ts';
import { commandNameOf } from '../../../evidence/command-name.ts';
import type { DeniedCommand, RunEvidence, TraceEntry } from '../../../evidence/evidence.ts';
import { neverRun } from '../../../evidence/never-run.ts';
import { commandText, isHandshake, tracedCommand } from '../../../judging/checks/traced-command.ts';
import { amount, checkLinks, heading, unseen } from './elements.ts';
import { type Html, html } from './markup.ts';
import { shownCommands } from './shown-commands.ts';
import { commandId, lineId, type Mark, markedCommands, type PageSubmission } from './submission.ts';
import { changeList, limits, outcome, type StepRows, stepRows } from './time-travel/outcome.ts';
import { travelPanel } from './time-travel/panel.ts';
import { travelData } from './time-travel/travel-data.ts';
import { timeline } from './timeline.ts';

/** Characters of a command that are shown. */
const COMMAND_SHOWN = 600;
/** Fewer commands than that need no filter. */
const FILTER_FROM = 10;

/** What the rows of a trace have in common. */
interface TraceContext {
  submission: PageSubmission;
  run: RunEvidence;
  position: number;
  marks: ReadonlyMap<number, readonly Mark[]>;
  /** The addresses of the clients, in the order in which they came. */
  clients: string[];
  columns: { line: boolean; db: boolean; client: boolean };
  /** Of each command that was kept, the number that it has among all that ran. */
  numbers: readonly number[];
  /** What is known of what each step answered and changed. */
  history: StepRows;
}

/** The commands of a run in the order in which the server ran them, those that checks name marked. */
export function traceBlock(submission: PageSubmission, run: RunEvidence, level: number): Html {
  const { entries, total } = run.trace;
  const position = submission.evidence?.runs.indexOf(run) ?? 0;
  const id = `${submission.prefix}-run-${position}-commands`;
  const title = heading(level, 'Commands');
  if (entries.length === 0) {
    return html`<section id="${id}">${title}<p>The server ran no command of this script.</p>${notRun(run)}</section>`;
  }
  const context = contextOf(submission, run, position);
  const { marks, history, numbers } = context;
  const intro =
    `${amount(total, 'command')} in the order in which the server ran them.` +
    (marks.size > 0 ? ' Those that a check names are marked.' : '');
  const cut =
    total > entries.length &&
    html`<p class="cut">The script ran ${thousands(total)} commands: ${thousands(entries.length)} of them were kept, the first, the last, and what checks ask for.</p>`;
  const shown = shownCommands(entries.length, new Set(marks.keys()));
  const rows = shown.map((row) =>
    'hidden' in row ? hiddenRow(row.hidden, context) : commandRow(row.index, context),
  );
  const { steps } = history;
  const data = steps.length > 0 && travelData(run, steps, submission.historyRoom);
  return html`<section id="${id}">
${title}
<p>${intro}</p>
${cut}
${notRun(run)}
${limits(run, steps, numbers)}
${timeline(run, new Set(marks.keys()))}
${entries.length >= FILTER_FROM && filter(id, labelOf(context), marks.size > 0)}
<div class="history">
<table class="trace" id="${id}-table">
<caption class="unseen">Commands that the script ran, in order</caption>
${head(context)}
<tbody>
${rows}${expiredRows(entries.length, context)}</tbody>
</table>
${data && travelPanel(id, data)}
</div>
</section>`;
}

function contextOf(submission: PageSubmission, run: RunEvidence, position: number): TraceContext {
  const { entries } = run.trace;
  const clients = [...new Set(entries.map(({ source }) => source))].filter((source) => source !== 'lua');
  return {
    submission,
    run,
    position,
    marks: markedCommands(submission, run.variant),
    clients,
    columns: {
      line: entries.some(({ line }) => line !== null),
      db: entries.some(({ db }) => db !== 0),
      client: clients.length > 1,
    },
    numbers: numbersOf(entries),
    history: stepRows(run),
  };
}

function numbersOf(entries: readonly TraceEntry[]): number[] {
  let number = 0;
  return entries.map(({ skipped = 0 }) => {
    number += skipped + 1;
    return number;
  });
}

/** A name for what belongs to the commands of this run: a page may show several. */
function labelOf({ submission, position }: TraceContext): string {
  const run = position === 0 ? '' : `, run ${position + 1}`;
  return `Commands of ${submission.prefix.replace('-', ' ')}${run}`;
}

/** Keys that expired before a command. */
function expiredRows(index: number, context: TraceContext): Html | null {
  const steps = context.history.expired.get(index) ?? [];
  return html`${steps.map(
    (
      step,
    ) => html`<tr class="expired" data-step="${step.number}" data-main=""><td></td><td colspan="${widthOf(context) - 2}"></td><td><div class="outcome">${changeList(step, 0)}</div></td></tr>
`,
  )}`;
}

/** Shown where the page's script runs: without it, it would do nothing. */
function filter(id: string, label: string, hasMarks: boolean): Html {
  return html`<div class="filter" role="search" aria-label="${label}" data-filter="${id}-table" hidden>
<label>Filter <input type="search" autocomplete="off" spellcheck="false"></label>
${hasMarks && html`<label><input type="checkbox"> only those that a check names</label>`}
<output></output>
</div>`;
}

function head({ columns }: TraceContext): Html {
  return html`<thead><tr>
<th scope="col"><abbr title="Number">#</abbr></th>
<th scope="col" class="number">ms</th>
${columns.line && html`<th scope="col" class="number">Line</th>`}
${columns.db && html`<th scope="col" class="number"><abbr title="Database">DB</abbr></th>`}
${columns.client && html`<th scope="col">Client</th>`}
<th scope="col">Command</th>
</tr></thead>`;
}

function hiddenRow(hidden: number, context: TraceContext): Html {
  return gapRow(
    `${thousands(hidden)} more ${hidden === 1 ? 'command is' : 'commands are'} not shown`,
    context,
  );
}

function widthOf({ columns }: TraceContext): number {
  return 3 + Number(columns.line) + Number(columns.db) + Number(columns.client);
}

function gapRow(text: string, context: TraceContext): Html {
  return html`<tr class="gap"><td colspan="${widthOf(context)}">${text}</td></tr>
`;
}

function commandRow(index: number, context: TraceContext): Html | null {
  const { submission, run, position, marks, columns, clients, numbers, history } = context;
  const entry = run.trace.entries[index];
  if (!entry) return null;
  const named = marks.get(index);
  const { line } = entry;
  const shownLine =
    named && line !== null
      ? html`<a href="#${lineId(submission, line)}">${unseen('line ')}${line}</a>`
      : (line ?? '');
  const client = clients.indexOf(entry.source);
  const id = named ? html` id="${commandId(submission, position, index)}" tabindex="-1"` : null;
  const { skipped = 0 } = entry;
  const gap =
    skipped > 0 &&
    gapRow(`${thousands(skipped)} more ${skipped === 1 ? 'command was' : 'commands were'} not kept`, context);
  // What a client library sends by itself, and how it is greeted, is no part of the story.
  const isAside = isHandshake(tracedCommand(entry, index));
  const done = isAside ? null : outcome(index, history, run.trace.entries);
  return html`${gap}${expiredRows(index, context)}<tr${id}${classOf(entry, isAside, named)}${stepOf(index, history)}><th scope="row">${numbers[index]}</th><td>${offset(entry, run)}</td>${
    columns.line && html`<td>${shownLine}</td>`
  }${columns.db && html`<td>${entry.db}</td>`}${columns.client && html`<td>${client === -1 ? '' : client + 1}</td>`}<td>${
    entry.source === 'lua' && html`<span class="tag">Lua</span> `
  }<code>${commandText(entry, COMMAND_SHOWN)}</code>${done}${named && effectsAndChecks(named, isChangeTold(index, history))}</td></tr>
`;
}

function classOf(entry: TraceEntry, isAside: boolean, named: readonly Mark[] | undefined): Html | null {
  const names = [named && 'marked', entry.source === 'lua' && 'lua', isAside && 'aside'].filter(
    (name) => typeof name === 'string',
  );
  return names.length === 0 ? null : html` class="${names.join(' ')}"`;
}

/** Tells the page's script which step a row is part of, and in which one its changes are. */
function stepOf(index: number, { byCommand }: StepRows): Html | null {
  const step = byCommand.get(index);
  return step ? html` data-step="${step.number}"${step.main === index && html` data-main=""`}` : null;
}

/** True where the row says what the command changed: then its check need not. */
function isChangeTold(index: number, { byCommand }: StepRows): boolean {
  const step = byCommand.get(index);
  return step?.main === index && step.words.changes.length > 0;
}

function effectsAndChecks(marks: readonly Mark[], isTold: boolean): Html {
  const effects = isTold ? [] : [...new Set(marks.flatMap(({ effect }) => effect ?? []))];
  return html`${effects.map((effect) => html`<span class="effect">${unseen(': ')}<span aria-hidden="true">→ </span>${effect}</span>`)}${checkLinks(marks)}`;
}

/** Time since the script started, in ms. */
function offset({ at }: TraceEntry, { clock }: RunEvidence): string {
  return Math.max(0, at / 1000 - clock.serverStart).toFixed(1);
}

/** The commands that are not among those that ran. */
function notRun({ denied, refused = [] }: RunEvidence): Html {
  return html`${commandList('The server denied:', denied)}${commandList(
    'The server refused, before it ran them:',
    neverRun(denied, refused),
  )}`;
}

function commandList(title: string, commands: readonly DeniedCommand[]): Html | null {
  if (commands.length === 0) return null;
  const items = commands.map(
    ({ command, count }) =>
      html`<li><code>${commandNameOf(command)}</code>${count > 1 && ` (${thousands(count)} times)`}</li>`,
  );
  return html`<p>${title}</p><ul>${items}</ul>`;
}
