import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SHIPPED } from '../../../graders/harness/challenges/collection/collection.ts';

export const CHALLENGE = 'sessions/cantina';

/** Command files that the naive grader can read and passes too. */
const FILES = ['workshop.valkey', 'expire-after-the-update.valkey', 'other-order.valkey'];

/** A folder for the classes that are graded, and for what comes of it. */
export interface Workload {
  /** The folder of a class of so many command files. */
  submissions(count: number): Promise<string>;
  /** A collection in which the grader is another one in its words, so that every report is. */
  otherGraders(): Promise<string>;
  /** A folder that is not there yet. */
  out(name: string): string;
  remove(): Promise<void>;
}

export async function makeWorkload(): Promise<Workload> {
  const root = await mkdtemp(join(tmpdir(), 'bench-class-'));
  return {
    async submissions(count) {
      const folder = join(root, `class-${count}`);
      for (let index = 0; index < count; index += 1) {
        const submission = join(folder, `s${String(index + 1).padStart(5, '0')}`);
        await mkdir(submission, { recursive: true });
        const file = FILES[index % FILES.length] ?? '';
        await copyFile(join(SHIPPED.fixtures, CHALLENGE, 'pass', file), join(submission, 'solution.valkey'));
      }
      return folder;
    },
    async otherGraders() {
      const file = (collection: string) => join(collection, `${CHALLENGE}.yaml`);
      const copy = join(root, 'other', 'graders');
      await mkdir(dirname(file(copy)), { recursive: true });
      const text = await readFile(file(SHIPPED.graders), 'utf8');
      await writeFile(file(copy), text.replace(/^title: .*/m, 'title: Another title'));
      return dirname(copy);
    },
    out: (name) => join(root, name),
    remove: () => rm(root, { recursive: true }),
  };
}
