import { type FSWatcher, watch } from 'node:fs';
import { solutionState, watchedFolders } from './solution-state.ts';

/** How long nothing may happen before a save is taken to be through, in ms: editors write in several steps. */
const QUIET_MS = 20;
/** How often it is looked without being told, in ms: not every file system tells of changes. */
const POLL_MS = 500;

/**
 * Tells when a save may have changed what a challenge's script does: a file written, replaced by renaming,
 * added or removed.
 */
export class SolutionWatcher {
  readonly #challenge: string;
  readonly #path: string;
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #state: string | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(challenge: string, path: string, onChange: () => void) {
    this.#challenge = challenge;
    this.#path = path;
    this.#onChange = onChange;
  }

  /** Begins: what stands there once the promise has resolved is no change. */
  async start(): Promise<void> {
    await this.#watchFolders();
    this.#state = await solutionState(this.#challenge, this.#path);
    this.#pollLater();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#quiet);
    clearTimeout(this.#poll);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #pollLater(): void {
    if (this.#closed) return;
    this.#poll = setTimeout(() => void this.#look().finally(() => this.#pollLater()), POLL_MS);
  }

  #soon(): void {
    clearTimeout(this.#quiet);
    if (!this.#closed) this.#quiet = setTimeout(() => void this.#look(), QUIET_MS);
  }

  async #look(): Promise<void> {
    const state = await solutionState(this.#challenge, this.#path).catch(() => undefined);
    if (this.#closed || state === undefined || state === this.#state) return;
    this.#state = state;
    this.#onChange();
    await this.#watchFolders();
  }

  /** Folders come and go, and with them those that can be watched. */
  async #watchFolders(): Promise<void> {
    const folders = await watchedFolders(this.#challenge, this.#path);
    for (const [folder, watcher] of this.#watchers) {
      if (folders.includes(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#watch(folder);
  }

  #watch(folder: string): void {
    if (this.#closed) return;
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#soon());
      watcher.on('error', () => {
        // A folder that is gone, or one too many for the system: the poll goes on.
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    } catch {
      // As above.
    }
  }
}
