import type { RunEvidence, TraceEntry } from '../../../../evidence/evidence.ts';
import type { ChangeWords } from '../../../../judging/words/change-words.ts';
import { limitsInWords } from '../../../../judging/words/history-words.ts';
import { SIGNS } from '../change-signs.ts';
import { amount, unseen } from '../elements.ts';
import { type Html, html } from '../markup.ts';
import { repliesWithin, replyOf, type ShownStep, shownSteps } from './shown-steps.ts';

/** The steps of a run by the rows of its trace. */
export interface StepRows {
  steps: readonly ShownStep[];
  /** By the index of a command: the step that it is part of. */
  byCommand: ReadonlyMap<number, ShownStep>;
  /** By the index of a command: the steps in which keys expired before it. */
  expired: ReadonlyMap<number, readonly ShownStep[]>;
}

export function stepRows(run: RunEvidence): StepRows {
  const steps = shownSteps(run);
  const expired = new Map<number, ShownStep[]>();
  for (const step of steps) {
    if (step.commands.length > 0) continue;
    // What expired behind the last command stands behind it.
    const place = Math.min(step.main, run.trace.entries.length);
    expired.set(place, [...(expired.get(place) ?? []), step]);
  }
  return {
    steps,
    byCommand: new Map(steps.flatMap((step) => step.commands.map((index) => [index, step] as const))),
    expired,
  };
}

/** What a command answered, and what its step changed if it is the one that did. */
export function outcome(index: number, { byCommand }: StepRows, entries: readonly TraceEntry[]): Html | null {
  const shown = byCommand.get(index);
  if (!shown) return null;
  const { words, main } = shown;
  const answer = replyOf(shown, index, repliesWithin(shown, entries));
  const isMain = main === index;
  const reply = answer?.reply
    ? html`<span class="reply${answer.refused && ' refused'}"><span aria-hidden="true">→ </span>${unseen('answered: ')}${answer.reply}</span>`
    : null;
  const nothing = isMain && words.nothing !== null && html`<span class="nothing">${words.nothing}</span>`;
  const list = isMain ? changeList(shown, entries[index]?.db ?? 0) : null;
  return reply || nothing || list ? html`<div class="outcome">${reply}${nothing}${list}</div>` : null;
}

/** A line for each key that a step changed. */
export function changeList({ words: { changes, more } }: ShownStep, db: number): Html | null {
  if (changes.length === 0) return null;
  return html`<ul class="changes">${changes.map((change) => changeItem(change, db))}${
    more > 0 && html`<li class="cut">and ${amount(more, 'more key')}</li>`
  }</ul>`;
}

function changeItem({ change, name, text, db }: ChangeWords, own: number): Html {
  return html`<li class="${change}"><span class="sign" aria-hidden="true">${SIGNS[change]}</span><code>${name}</code>${unseen(': ')}${
    db !== own && ` (database ${db})`
  } ${text}</li>`;
}

/** What is not known of a run's history. */
export function limits(
  { replay }: RunEvidence,
  steps: readonly ShownStep[],
  numbers: readonly number[],
): Html | null {
  if (!replay) return null;
  const last = steps.flatMap(({ commands }) => commands).reduce((most, index) => Math.max(most, index), -1);
  const sentences = limitsInWords(replay, numbers[last] ?? 0);
  return html`${sentences.map((sentence) => html`<p class="cut">${sentence}</p>`)}`;
}
