import { type DocumentedCommand, sameCall } from './documented-command.ts';
import { NOT_RUN, type NotRun } from './not-run.ts';
import type { SettingName } from './setting.ts';
import { isMention } from './static-check.ts';

/** How the commands of a document, or of a part of it, are run: in their order, in one terminal. */
export interface Plan {
  readonly document: string;
  /** The heading of the part; the whole document, but for parts with plans of their own, where it is left out. */
  readonly under?: string;
  readonly setting: SettingName;
  /** What is there before the first command, as shell. */
  readonly prepare?: string;
  /** Texts of commands, such as addresses of servers, and what stands there when they are run. */
  readonly replace?: Readonly<Record<string, string>>;
  /** Commands that are run here although there is a reason not to run them elsewhere. */
  readonly runs?: readonly string[];
  /** What has to be said of single commands. */
  readonly notes?: readonly Note[];
}

interface Note {
  readonly command: string;
  /** Which of several equal ones, from 1; all of them where it is left out. */
  readonly occurrence?: number;
  /** What the reader does before it, as shell. */
  readonly before?: string;
  /** The exit code that is meant; 0 where it is left out. */
  readonly code?: number;
  /** Ctrl-C is pressed when this was printed. */
  readonly until?: RegExp;
}

export interface Step extends DocumentedCommand {
  readonly note: Note | undefined;
}

/** What becomes of every documented command. */
export interface Account {
  readonly steps: ReadonlyMap<Plan, readonly Step[]>;
  /** Those that no plan runs and no exception names. */
  readonly unaccounted: readonly DocumentedCommand[];
  readonly unusedExceptions: readonly NotRun[];
  readonly unusedPlans: readonly Plan[];
  readonly unusedNotes: readonly Note[];
}

/** Decides which command is run by which plan. */
export function account(
  commands: readonly DocumentedCommand[],
  plans: readonly Plan[],
  exceptions: readonly NotRun[] = NOT_RUN,
): Account {
  const usedExceptions = new Set<NotRun>();
  const unaccounted: DocumentedCommand[] = [];
  const steps = new Map<Plan, Step[]>();
  const usedNotes = new Set<Note>();
  const blocks = new Set<string>();
  const candidates: [DocumentedCommand, Plan | undefined][] = [];
  for (const command of commands) {
    const exception = exceptions.find((one) => isExcepted(command, one));
    const plan = planOf(command, plans);
    if (exception && !plan?.runs?.includes(command.text)) usedExceptions.add(exception);
    else if (!isMention(command.text)) {
      candidates.push([command, plan]);
      if (plan && command.block) blocks.add(sameCall(command.text));
    }
  }
  const run = new Set(blocks);
  for (const [command, plan] of candidates) {
    const call = sameCall(command.text);
    const own = plan ? (steps.get(plan) ?? []) : [];
    const note = plan && noteOf(command, plan, own);
    // A sentence may name what is run elsewhere.
    if (!command.block && !note && command.output.length === 0 && run.has(call)) continue;
    run.add(call);
    if (!plan) {
      unaccounted.push(command);
      continue;
    }
    if (note) usedNotes.add(note);
    steps.set(plan, [...own, { ...command, note }]);
  }
  return {
    steps,
    unaccounted,
    unusedExceptions: exceptions.filter((one) => !usedExceptions.has(one)),
    unusedPlans: plans.filter((plan) => !steps.has(plan)),
    unusedNotes: plans.flatMap(({ notes = [] }) => notes.filter((note) => !usedNotes.has(note))),
  };
}

function isExcepted(command: DocumentedCommand, { command: text, document }: NotRun): boolean {
  if (document !== undefined && command.document !== document) return false;
  return typeof text === 'string' ? sameCall(command.text) === sameCall(text) : text.test(command.text);
}

/** The plan of the innermost heading that has one, or that of the whole document. */
function planOf(command: DocumentedCommand, plans: readonly Plan[]): Plan | undefined {
  const own = plans.filter(({ document }) => document === command.document);
  for (const heading of command.headings.toReversed()) {
    const plan = own.find(({ under }) => under === heading);
    if (plan) return plan;
  }
  return own.find(({ under }) => under === undefined);
}

function noteOf(
  { text }: DocumentedCommand,
  { notes = [] }: Plan,
  before: readonly Step[],
): Note | undefined {
  const occurrence = before.filter((step) => step.text === text).length + 1;
  return notes.find((note) => note.command === text && (note.occurrence ?? occurrence) === occurrence);
}
