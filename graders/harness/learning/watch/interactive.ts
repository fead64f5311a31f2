import { relative } from 'node:path';
import { ReadableError } from '../../base/errors.ts';
import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { styles } from '../../base/text/styles.ts';
import { hintFolder } from '../../challenges/hints/folder.ts';
import { hintState, takeHint } from '../../challenges/hints/next-hint.ts';
import type { GradingRequest } from '../../grading/grade.ts';
import type { Check, Grader } from '../../judging/grader.ts';
import { scoreSummary } from '../../reports/console.ts';
import { type LearnerPlace, nextText, watchCommand, whatComesNext } from '../progress/next.ts';
import { givenHints } from './given-hints.ts';
import { type Actions, KEYS } from './keys.ts';
import { failedChecks, LiveGrading, type LiveOutcome } from './live-grading.ts';
import { type Key, Screen } from './screen.ts';
import { emptyView, type Rendered, renderWatch, type WatchView } from './view.ts';

export interface WatchRequest {
  /** The challenges that can be moved to, in order. */
  order: readonly string[];
  /** The one to begin with. */
  challenge: string;
  grading: GradingRequest;
  load(challenge: string): Promise<Grader>;
  /** Where the learner works. */
  place: LearnerPlace;
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
  #rendered: Rendered = { lines: [], furthest: 0, height: 1, places: new Map() };
  /** The check whose next hint costs points, and was asked for once. */
  #asked: string | undefined;
  #takesHint = false;
  /** Counts the challenges that were moved to: what belongs to an earlier one comes too late. */
  #turn = 0;

  constructor(request: WatchRequest) {
    this.#request = request;
    this.#view = emptyView(request.challenge, request.order);
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
    this.#show(emptyView(challenge, this.#request.order));
    const grader = await this.#request.load(challenge);
    if (turn !== this.#turn) return;
    this.#grader = grader;
    this.#show({ challenge: { id: grader.id, title: grader.title } });
    this.#live = new LiveGrading(grader, this.#request.grading, {
      onStart: () => this.#show({ grading: true }),
      onScript: ({ path }) => this.#show({ file: shownFile(path) }),
      onTrouble: (line) => this.#say(line),
      onOutcome: (outcome) => this.#do(() => this.#take(grader, outcome, turn)),
      onError: (error) => this.#fail(error),
    });
    await this.#live.start();
  }

  async #take(grader: Grader, outcome: LiveOutcome, turn: number): Promise<void> {
    // The verdict is shown at once; hints that were given before follow.
    const sameCheck = failedChecks(outcome)[0] === failedChecks(this.#view.outcome)[0];
    this.#show({
      outcome,
      next: null,
      grading: false,
      message: null,
      ...(outcome.report.status === 'not started' ? { file: null } : {}),
      ...(sameCheck ? {} : { scroll: 0, hints: new Map() }),
    });
    this.#asked = undefined;
    const hints = await givenHints(grader, outcome, this.#request.grading.path);
    // One may have been taken while these were read.
    if (turn === this.#turn && this.#view.outcome === outcome)
      this.#show({ hints: new Map([...hints, ...this.#view.hints]) });
    const found = await whatComesNext([outcome.report], this.#request.place);
    if (found && turn === this.#turn && this.#view.outcome === outcome)
      this.#show({ next: { next: found.next, repository: found.place.repository } });
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
      // From one that is solved to the one that is named there, past others that are solved.
      const named = by > 0 ? this.#view.next?.next.challenge?.id : undefined;
      const next = named ?? order[(index + order.length) % order.length];
      if (next !== undefined) this.#do(() => this.#open(next));
    },
    grade: () => this.#live?.grade(),
    scroll: (by) => {
      const lines = Math.sign(by) * (Math.abs(by) > 1 ? Math.max(1, this.#rendered.height - 2) : 1);
      const scroll = Math.min(this.#rendered.furthest, Math.max(0, this.#view.scroll + lines));
      this.#show({ scroll });
    },
  };

  async #nextHint(): Promise<void> {
    const grader = this.#grader;
    const { outcome } = this.#view;
    if (!grader || !outcome) return;
    if (grader.hints === 'off') return this.#say('There are no hints here: they are turned off.');
    const failed = failedChecks(outcome);
    const checks = grader.checks.filter(({ id }) => failed.includes(id));
    if (checks.length === 0) return this.#say('No check fails: there is nothing to give a hint on.');
    // A key that is held down: the hint that is being taken is the one.
    if (this.#takesHint) return;
    this.#takesHint = true;
    try {
      await this.#takeNextHint(grader, checks);
    } catch (error) {
      // A script that is taken away just now, a file that cannot be written: no reason to end.
      if (!(error instanceof ReadableError)) throw error;
      this.#say(error.message);
    } finally {
      this.#takesHint = false;
    }
  }

  /** The next hint of the first of these checks that has one left. */
  async #takeNextHint(grader: Grader, checks: readonly Check[]): Promise<void> {
    const folder = await hintFolder(grader.id, this.#request.grading.path);
    const states = await Promise.all(checks.map((check) => hintState(grader, check, folder)));
    const before = states.find(({ given, total }) => given.length < total);
    if (before === undefined) {
      this.#show({ part: 'report', scroll: 0 });
      return this.#say('All hints of the checks that fail are shown.');
    }
    const { check } = before;
    if (before.cost > 0 && this.#asked !== check.id) {
      this.#asked = check.id;
      return this.#say(`The next hint costs ${count(before.cost, 'point')}: press h again to take it.`);
    }
    const state = await takeHint(grader, before, folder);
    const hints = new Map(this.#view.hints);
    hints.set(check.id, { further: state.given.slice(1), total: state.total });
    const wentOn = check === checks[0] ? '' : `A hint on the next check that fails: “${check.title}”.`;
    this.#show({ hints, part: 'report', message: printable(state.problem ?? wentOn) || null });
    this.#scrollTo(check.id);
    // The points are other ones now.
    if (state.cost > 0) this.#live?.grade();
  }

  #scrollTo(check: string): void {
    const { places, furthest } = this.#rendered;
    this.#show({ scroll: Math.min(furthest, places.get(check) ?? 0) });
  }

  #leave(interrupted: boolean): void {
    const { outcome, next } = this.#view;
    const { colors, place } = this.#request;
    const score = outcome === null ? '' : scoreSummary(outcome.report, colors);
    const after =
      next &&
      nextText(next.next, { repository: next.repository, start: watchCommand(place.option) }, styles(colors));
    this.#end({ summary: score + (after ?? ''), interrupted });
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
    this.#rendered = renderWatch(this.#view, { columns, rows }, styles(this.#request.colors));
    this.#screen.draw(this.#rendered.lines);
  }

  #do(work: () => Promise<void>): void {
    work().catch((error: unknown) => this.#fail(error));
  }
}

/** As seen from the folder one works in; outside of it as it is. */
function shownFile(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') ? path : shown;
}
