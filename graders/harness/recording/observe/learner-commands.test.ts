import { describe, expect, it } from 'vitest';
import { prepareTestbed } from '../../grading/testbed.ts';
import { dockerForTests } from '../../testing/docker.ts';
import { LEARNER_COMMANDS } from '../../testing/learner-commands.ts';
import { hasImage } from '../engine/docker/client.ts';
import { RUNTIME_IMAGE } from '../engine/image.ts';
import { GraderSession } from './grader-session.ts';

/** A command as COMMAND tells of it: its name, how many arguments it takes, and at the end its subcommands. */
type Told = [name: string, arity: number, ...rest: unknown[]];

interface Command {
  name: string;
  /** Its name and as many arguments as it must have. */
  call: string[];
}

function commandsIn(told: readonly Told[]): Command[] {
  return told.flatMap(([name, arity, ...rest]) => {
    const subcommands = rest.at(-1) as Told[];
    if (subcommands.length > 0) return commandsIn(subcommands);
    const words = name.split('|');
    return { name, call: [...words, ...Array(Math.max(0, Math.abs(arity) - words.length)).fill('1')] };
  });
}

const docker = await dockerForTests();
const SERVERS = ['local', 'valkey/valkey:8.0', 'valkey/valkey:8.1', 'valkey/valkey:9'];
const there = await Promise.all(SERVERS.map((name) => name === 'local' || (docker && hasImage(name))));
const available = SERVERS.filter((_, index) => there[index]);
const seen = new Set<string>();

describe('what a learner may run', () => {
  it.for(SERVERS)('is decided for every command and subcommand of %s', async (server, { skip }) => {
    if (!available.includes(server)) skip();
    const choice =
      server === 'local'
        ? ({ engine: 'local', image: '' } as const)
        : ({ engine: 'docker', image: server } as const);
    const { engine } = await prepareTestbed(
      { ...choice, sandbox: 'process', runtimeImage: RUNTIME_IMAGE },
      () => undefined,
    );
    const running = await engine.start();
    try {
      const session = await GraderSession.open(running.address);
      const commands = commandsIn((await session.call('COMMAND')) as Told[]);
      expect(commands.length).toBeGreaterThan(300);
      const replies = await session.tryAll(commands.map(({ call }) => ['ACL', 'DRYRUN', 'default', ...call]));
      const found = commands.map(({ name }, index) => [name, String(replies[index]) === 'OK']);
      expect(found).toEqual(commands.map(({ name }) => [name, LEARNER_COMMANDS.get(name)]));
      for (const { name } of commands) seen.add(name);
      session.close();
    } finally {
      await running.stop();
    }
  });

  it.skipIf(available.length < SERVERS.length)('is decided for no command that none of them has', () => {
    expect([...LEARNER_COMMANDS.keys()].filter((name) => !seen.has(name))).toEqual([]);
  });
});
