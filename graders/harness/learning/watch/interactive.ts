import { ReadableError } from '../../base/errors.ts';
import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { styles } from '../../base/text/styles.ts';
import { hintFolder } from '../../challenges/hints/folder.ts';
import { hintState, takeHint } from '../../challenges/hints/next-hint.ts';
import type { GradingRequest } from '../../grading/grade.ts';
import type { Check, Grader } from '../../judging/grader.ts';
import type { CheckReport } from '../../judging/report/report.ts';
import { scoreSummary } from '../../reports/console.ts';
import { givenHints } from './given-hints.ts';
import { type Actions, KEYS } from './keys.ts';
import { LiveGrading, type LiveOutcome } from './live-grading.ts';
import { type Key, Screen } from './screen.ts';
import { renderWatch, type WatchView } from './view.ts';

export interface WatchRequest {
  /** The challenges that can be moved to, in order. */
  order: readonly string[];
  /** The one to begin with. */
  challenge: string;
  grading: GradingRequest;
  load(challenge: string): Promise<Grader>;
  colors: boolean;
}

/** How watching ended: the last line to tell, and whether by Ctrl-C. */
export interface WatchEnd {
  summary: string;
  interrupted: boolean;
}

/** Watches on a terminal, until somebody leaves. Throws what grading throws that no verdict can be made of. */
export async function watchOnScreen(request: WatchRequest): Promise<WatchEnd> {
  const session = new WatchSession(request);
  try {
    return await session.run();
  } finally {
    await session.close();
  }
}

class WatchSession {
  readonly #request: WatchRequest;
  readonly #screen: Screen;
  readonly #ended: Promise<WatchEnd>;
  #end: (end: WatchEnd) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;
  #grader: Grader | undefined;
  #live: LiveGrading | undefined;
  #view: WatchView;
  #furthest = 0;
  /** The check whose next hint costs points, and was asked for once. */
  #asked: string | undefined;
  /** Counts the challenges that were moved to: what belongs to an earlier one comes too late. */
  #turn = 0;

  constructor(request: WatchRequest) {
    this.#request = request;
    this.#view = this.#emptyView(request.challenge);
    this.#ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    this.#screen = new Screen(process.stdin, process.stdout, {
      onKey: (key) => this.#press(key),
      onResize: () => this.#draw(),
      onEnd: () => this.#leave(false),
    });
  }

  run(): Promise<WatchEnd> {
    this.#do(() => this.#open(this.#request.challenge));
    return this.#ended;
  }

  async close(): Promise<void> {
    this.#live?.close();
    await this.#screen.close();
  }

  async #open(challenge: string): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#live?.close();
    this.#show(this.#emptyView(challenge));
    const grader = await this.#request.load(challenge);
    if (turn !== this.#turn) return;
    this.#grader = grader;
    this.#show({ challenge: { id: grader.id, title: grader.title } });
    this.#live = new LiveGrading(grader, this.#request.grading, {
      onStart: () => this.#show({ grading: true }),
      onOutcome: (outcome) => this.#do(() => this.#take(grader, outcome, turn)),
      onError: (error) => this.#fail(error),
    });
    await this.#live.start();
  }

  async #take(grader: Grader, outcome: LiveOutcome, turn: number): Promise<void> {
    // The verdict is shown at once; hints that were given before follow.
    const sameCheck = firstFailed(outcome)?.id === firstFailed(this.#view.outcome)?.id;
    this.#show({
      outcome,
      grading: false,
      message: null,
      ...(sameCheck ? {} : { scroll: 0, hints: new Map() }),
    });
    this.#asked = undefined;
    const hints = await givenHints(grader, outcome, this.#request.grading.path);
    // One may have been taken while these were read.
    if (turn === this.#turn && this.#view.outcome === outcome)
      this.#show({ hints: new Map([...hints, ...this.#view.hints]) });
  }

  #press({ name, ctrl }: Key): void {
    if (ctrl && name === 'c') this.#leave(true);
    else if (ctrl && name === 'z') this.#screen.suspend();
    else if (ctrl && name === 'l') this.#draw();
    else if (!ctrl) KEYS[name]?.(this.#actions);
  }

  readonly #actions: Actions = {
    leave: () => this.#leave(false),
    hint: () => this.#do(() => this.#nextHint()),
    toggle: (part) => this.#show({ part: this.#view.part === part ? 'report' : part, scroll: 0 }),
    move: (by) => {
      const { order } = this.#request;
      const index = order.indexOf(this.#view.challenge.id) + by;
      const next = order[(index + order.length) % order.length];
      if (next !== undefined) this.#do(() => this.#open(next));
    },
    grade: () => this.#live?.grade(),
    scroll: (by) => {
      const lines = by * (Math.abs(by) > 1 ? Math.max(1, this.#screen.rows - 8) : 1);
      const scroll = Math.min(this.#furthest, Math.max(0, this.#view.scroll + lines));
      this.#show({ scroll });
    },
  };

  async #nextHint(): Promise<void> {
    const grader = this.#grader;
    const { outcome } = this.#view;
    if (!grader || !outcome) return;
    if (grader.hints === 'off') return this.#say('There are no hints here: they are turned off.');
    const failed = firstFailed(outcome);
    const check = grader.checks.find(({ id }) => id === failed?.id);
    if (!check) return this.#say('No check fails: there is nothing to give a hint on.');
    try {
      await this.#takeNextHint(grader, check);
    } catch (error) {
      // A script that is taken away just now, a file that cannot be written: no reason to end.
      if (!(error instanceof ReadableError)) throw error;
      this.#say(error.message);
    }
  }

  async #takeNextHint(grader: Grader, check: Check): Promise<void> {
    const folder = await hintFolder(grader.id, this.#request.grading.path);
    const before = await hintState(grader, check, folder);
    if (before.given.length >= before.total) {
      this.#show({ part: 'report', scroll: 0 });
      return this.#say(`That was the last hint of “${check.title}”.`);
    }
    if (before.cost > 0 && this.#asked !== check.id) {
      this.#asked = check.id;
      return this.#say(`The next hint costs ${count(before.cost, 'point')}: press h again to take it.`);
    }
    const state = await takeHint(grader, before, folder);
    const hints = new Map(this.#view.hints);
    hints.set(check.id, { further: state.given.slice(1), total: state.total });
    this.#show({ hints, part: 'report', scroll: 0, message: state.problem });
    // The points are other ones now.
    if (state.cost > 0) this.#live?.grade();
  }

  #leave(interrupted: boolean): void {
    const { outcome } = this.#view;
    const summary = outcome === null ? '' : scoreSummary(outcome.report, this.#request.colors);
    this.#end({ summary, interrupted });
  }

  #say(message: string): void {
    this.#show({ message: printable(message) });
  }

  #show(change: Partial<WatchView>): void {
    this.#view = { ...this.#view, ...change };
    this.#draw();
  }

  #draw(): void {
    const { columns, rows } = this.#screen;
    const { lines, furthest } = renderWatch(this.#view, { columns, rows }, styles(this.#request.colors));
    this.#furthest = furthest;
    this.#screen.draw(lines);
  }

  #do(work: () => Promise<void>): void {
    work().catch((error: unknown) => this.#fail(error));
  }

  #emptyView(challenge: string): WatchView {
    const { order } = this.#request;
    return {
      challenge: { id: challenge, title: challenge },
      place: { number: order.indexOf(challenge) + 1, of: order.length },
      outcome: null,
      grading: true,
      part: 'report',
      hints: new Map(),
      message: null,
      scroll: 0,
    };
  }
}

function firstFailed(outcome: LiveOutcome | null): CheckReport | undefined {
  return outcome?.report.checks.find(({ status }) => status === 'failed');
}
