import { mkdir, open, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A hostile submission that no repository should hold: it is made where it is needed. */
export interface MadeSubmission {
  name: string;
  /** What it tries, for those who read the tests. */
  attack: string;
  make(folder: string): Promise<void>;
}

const script = (name: string, text: string) => (folder: string) => writeFile(join(folder, name), text);

/** Every one of them. */
export const MADE_SUBMISSIONS: readonly MadeSubmission[] = [
  {
    name: 'fence',
    attack:
      'Begins like a fence of Markdown, and goes on with spaces: an expression looks for its end again and again.',
    make: script('solution.valkey', `\`\`\`${' '.repeat(300 * KIB)}!\n`),
  },
  {
    name: 'line-feeds',
    attack: 'Is nothing but line feeds: an expression looks for an import after each.',
    make: script('solution.ts', '\n'.repeat(100 * KIB)),
  },
  {
    name: 'carriage-returns',
    attack: 'Is nothing but carriage returns.',
    make: script('solution.valkey', `PING${'\r'.repeat(300 * KIB)}x\n`),
  },
  {
    name: 'shebang',
    attack: 'Begins with a comment that is almost the line of a program.',
    make: script('solution.valkey', `#!a${' '.repeat(240 * KIB)}x\n`),
  },
  {
    name: 'many-large-replies',
    attack: 'Asks in 54 KB for 300 MB of replies.',
    make: script(
      'solution.valkey',
      `EVAL "redis.call('SET','k',string.rep(string.char(34),32700))" 0\n${'GET k\n'.repeat(9_000)}`,
    ),
  },
  {
    name: 'list-of-164-mb',
    attack: 'Leaves a list that fills the memory of whoever reads it.',
    make: script(
      'solution.sh',
      `valkey-cli EVAL "local v=string.rep(string.char(1),65500) for i=1,2500 do redis.call('RPUSH','l',v) end" 0\n`,
    ),
  },
  {
    name: 'many-pings',
    attack: 'Is a command file of 150 MB.',
    async make(folder) {
      const file = await open(join(folder, 'solution.valkey'), 'w');
      const pings = 'PING\n'.repeat(MIB);
      for (let part = 0; part < 30; part += 1) await file.write(pings);
      await file.close();
    },
  },
  {
    name: 'sparse-script',
    attack: 'Is a command file of 3 GB that takes no room on the disk.',
    async make(folder) {
      await writeFile(join(folder, 'solution.valkey'), 'PING\n');
      await truncate(join(folder, 'solution.valkey'), 3 * KIB * MIB);
    },
  },
  {
    name: 'sparse-neighbour',
    attack: 'Has a file of 3 GB beside it that takes no room on the disk.',
    async make(folder) {
      await writeFile(join(folder, 'solution.sh'), 'valkey-cli PING\n');
      await writeFile(join(folder, 'data.bin'), '');
      await truncate(join(folder, 'data.bin'), 3 * KIB * MIB);
    },
  },
  {
    name: 'many-files',
    attack: 'Has more files beside it than are copied.',
    async make(folder) {
      await writeFile(join(folder, 'solution.sh'), 'valkey-cli PING\n');
      await mkdir(join(folder, 'files'));
      for (let index = 0; index < 6_000; index += 1) await writeFile(join(folder, 'files', `${index}`), '');
    },
  },
  {
    name: 'deep-folders',
    attack: 'Has a path beside it that is too long where it is copied to.',
    async make(folder) {
      await writeFile(join(folder, 'solution.sh'), 'valkey-cli PING\n');
      let path = folder;
      while (path.length + 1 + 200 < 4_050) {
        path = join(path, 'd'.repeat(Math.min(200, 4_050 - path.length - 2)));
        await mkdir(path);
      }
    },
  },
  {
    name: 'link-to-itself',
    attack: 'Has a package.json that is a link to itself.',
    async make(folder) {
      await writeFile(join(folder, 'solution.ts'), "import 'node:fs';\n");
      await symlink('package.json', join(folder, 'package.json'));
    },
  },
  {
    name: 'link-out',
    attack: 'Has a package.json that is a link to where nothing is: whoever writes it writes elsewhere.',
    async make(folder) {
      await writeFile(join(folder, 'solution.ts'), "import 'node:fs';\n");
      await symlink('../package.json', join(folder, 'package.json'));
    },
  },
  {
    name: 'names-of-controls',
    attack: 'Has names that would act on a terminal.',
    async make(folder) {
      await symlink('nowhere', join(folder, 'solution.\u001b]0;title changed\u0007\u001b[31mred\u202e.py'));
      await mkdir(join(folder, 'dir\n::error::forged by a name\n'));
    },
  },
];
