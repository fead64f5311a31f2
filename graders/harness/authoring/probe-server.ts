import { commandNameOf } from '../evidence/command-name.ts';
import { SETTINGS } from '../evidence/server-rules.ts';
import { checkKind } from '../judging/checks/kinds/index.ts';
import type { Engine } from '../recording/engine/engine.ts';
import { refusedQuestions } from '../recording/observe/askable.ts';
import { GraderSession } from '../recording/observe/grader-session.ts';
import type { ServerAddress } from '../valkey/client/address.ts';
import { CommandConnection } from '../valkey/client/command-connection.ts';
import type { Reply } from '../valkey/client/reply.ts';
import { splitArguments } from '../valkey/notation/quoting.ts';
import type { ChallengeSource } from './challenge-source.ts';

/** A set-up command, or a setting, that the server answered with an error. */
interface RefusedCommand {
  path: readonly (string | number)[];
  reason: string;
}

/** What a check wants to ask the server, and cannot. */
interface RefusedQuestion {
  check: number;
  command: string;
  reason: string;
  /** The name of a command that the server does not know. */
  unknown?: string;
}

/** What a server says about challenges. */
export interface ProbedServer {
  version: string;
  /** The commands that it knows, in capitals, those with a subcommand as `SCRIPT LOAD`. */
  commands: ReadonlySet<string>;
  /** The set-up commands that it refused, by challenge. */
  refused: ReadonlyMap<string, readonly RefusedCommand[]>;
  /** What checks want to ask it, and cannot, by challenge. */
  unasked: ReadonlyMap<string, readonly RefusedQuestion[]>;
}

/**
 * Starts a server, asks which commands it knows, and runs the set-up of every challenge and variant on it,
 * each on an empty keyspace. With `image`, a server of that image is asked if the engine has images.
 * Throws InfrastructureError.
 */
export async function probeServer(
  engine: Engine,
  challenges: readonly ChallengeSource[],
  image?: string,
): Promise<ProbedServer> {
  const running = await engine.start(engine.image === null ? undefined : image);
  const { socketPath, ...address } = running.address;
  const connection = await CommandConnection.open(socketPath ? { path: socketPath } : address);
  try {
    const refused = new Map<string, RefusedCommand[]>();
    const settings = textsOf(await send(connection, 'CONFIG', 'GET', ...SETTINGS));
    for (const challenge of challenges) {
      refused.set(challenge.id, await tryChallenge(connection, challenge));
      await send(connection, 'CONFIG', 'SET', ...settings);
    }
    return {
      version: await version(connection),
      commands: await commandNames(connection),
      refused,
      unasked: await unaskedOf(running.address, challenges),
    };
  } finally {
    connection.close();
    await running.stop();
  }
}

async function tryChallenge(
  connection: CommandConnection,
  { grader, broken }: ChallengeSource,
): Promise<RefusedCommand[]> {
  if (!grader || broken.references.length > 0) return [];
  const { setup = [], variants = [], server } = grader.content;
  const refused = await trySettings(connection, server?.config ?? {});
  refused.push(...(await trySetup(connection, setup, ['setup'])));
  for (const [index, variant] of variants.entries())
    refused.push(...(await trySetup(connection, variant.setup, ['variants', index, 'setup'])));
  return refused;
}

/** What the server would not be asked in a grading. */
async function unaskedOf(
  address: ServerAddress,
  challenges: readonly ChallengeSource[],
): Promise<Map<string, RefusedQuestion[]>> {
  const session = await GraderSession.open(address);
  try {
    const unasked = new Map<string, RefusedQuestion[]>();
    for (const { id, grader, broken } of challenges) {
      if (!grader || broken.references.length > 0) continue;
      const found: RefusedQuestion[] = [];
      for (const [check, content] of grader.content.checks.entries()) {
        const questions = [content, ...(content.and ?? [])].flatMap(
          (condition) => checkKind(condition.kind)?.bind(condition).serverQuestions ?? [],
        );
        const refused = await refusedQuestions(session, questions);
        found.push(...refused.map(({ question: { command }, ...why }) => ({ check, command, ...why })));
      }
      unasked.set(id, found);
    }
    return unasked;
  } finally {
    session.close();
  }
}

async function trySettings(
  connection: CommandConnection,
  config: Readonly<Record<string, string | number>>,
): Promise<RefusedCommand[]> {
  const refused: RefusedCommand[] = [];
  for (const [name, value] of Object.entries(config)) {
    const reply = await send(connection, 'CONFIG', 'SET', name, String(value));
    if (reply.type === 'error') refused.push({ path: ['server', 'config', name], reason: reply.value });
  }
  return refused;
}

async function trySetup(
  connection: CommandConnection,
  setup: readonly string[],
  path: readonly (string | number)[],
): Promise<RefusedCommand[]> {
  await send(connection, 'FLUSHALL');
  await send(connection, 'FUNCTION', 'FLUSH');
  const refused: RefusedCommand[] = [];
  for (const [index, command] of setup.entries()) {
    const reply = await connection.send(splitArguments(command));
    if (reply.type === 'error') refused.push({ path: [...path, index], reason: reply.value });
  }
  return refused;
}

async function version(connection: CommandConnection): Promise<string> {
  const info = text(await send(connection, 'INFO', 'server'));
  // redis_version is the version that Valkey says it is compatible with.
  return /^valkey_version:(\S+)/m.exec(info)?.[1] ?? 'of an unknown version';
}

/** COMMAND LIST names those with a subcommand as `script|load`, and has their containers besides. */
async function commandNames(connection: CommandConnection): Promise<Set<string>> {
  return new Set(textsOf(await send(connection, 'COMMAND', 'LIST')).map(commandNameOf));
}

function send(connection: CommandConnection, ...args: string[]): Promise<Reply> {
  return connection.send(args.map((arg) => Buffer.from(arg)));
}

function textsOf(reply: Reply): string[] {
  return 'items' in reply ? reply.items.map(text) : [];
}

function text(reply: Reply): string {
  return 'value' in reply ? String(reply.value) : '';
}
