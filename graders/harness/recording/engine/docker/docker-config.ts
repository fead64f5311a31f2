import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../../base/errors.ts';
import { readPlainFile } from '../../../base/plain-file.ts';
import { which } from '../../../base/which.ts';

/** More than any file of settings, in bytes. */
const SIZE_LIMIT = 4 * 1024 * 1024;

/** What Docker's own settings say that concerns a grading. */
export interface DockerConfig {
  /** The context that `docker context use` has chosen; undefined for none. */
  currentContext: string | undefined;
  /** How images are asked for from registries that want a password. */
  auth: DockerAuth;
  /** What cannot be used of it, in words that begin with where it stands; null where all can. */
  problem: string | null;
}

/** The part of the settings that tells passwords, or who knows them. */
interface DockerAuth {
  auths?: Record<string, Record<string, string>>;
  credHelpers?: Record<string, string>;
  credsStore?: string;
}

/** The folder of Docker's settings. */
export function dockerConfigFolder(): string {
  return process.env.DOCKER_CONFIG || join(homedir(), '.docker');
}

/**
 * Reads the settings of Docker's command. Other programs write them, and people do: what cannot be used is left out
 * and told, as Docker does.
 */
export function readDockerConfig(): DockerConfig {
  const file = join(dockerConfigFolder(), 'config.json');
  const config = parsed(file, () => readPlainFile(file, SIZE_LIMIT)?.toString() ?? null);
  const variable = process.env.DOCKER_AUTH_CONFIG;
  const auth = variable ? parsed('the variable DOCKER_AUTH_CONFIG', () => variable) : config;
  const { usable, problem } = usableAuth(auth.content, variable ? 'the variable DOCKER_AUTH_CONFIG' : file);
  const { currentContext } = config.content;
  return {
    currentContext: typeof currentContext === 'string' && currentContext !== '' ? currentContext : undefined,
    auth: usable,
    problem: auth.problem ?? config.problem ?? problem,
  };
}

/** A JSON object; an empty one where there is none, and what is wrong with it then. */
function parsed(
  source: string,
  read: () => string | null,
): { content: Record<string, unknown>; problem: string | null } {
  try {
    const text = read();
    if (text === null) return { content: {}, problem: null };
    // An empty file is none: Docker's command takes it as that, too.
    if (text.trim() === '') return { content: {}, problem: `${source} is empty` };
    const content: unknown = JSON.parse(text);
    if (isRecord(content)) return { content, problem: null };
    return { content: {}, problem: `${source} holds no object` };
  } catch (error) {
    const why = messageOf(error).replace(/\s+/g, ' ');
    return { content: {}, problem: why.includes(source) ? why : `${source} cannot be read: ${why}` };
  }
}

/** What testcontainers can take of it: it would end the process, or ask a program that is not there. */
function usableAuth(
  { auths, credHelpers, credsStore }: Record<string, unknown>,
  source: string,
): { usable: DockerAuth; problem: string | null } {
  const helpers = Object.entries(isRecord(credHelpers) ? credHelpers : {});
  const kept = helpers.filter((entry): entry is [string, string] => isHelper(entry[1]));
  const missing = [...helpers.map(([, name]) => name), credsStore].find(
    (name) => name !== undefined && name !== '' && !isHelper(name),
  );
  const entries = Object.entries(isRecord(auths) ? auths : {}).flatMap(([registry, entry]) =>
    isRecord(entry) ? [[registry, textsOf(entry)] as const] : [],
  );
  return {
    usable: {
      auths: Object.fromEntries(entries),
      credHelpers: Object.fromEntries(kept),
      ...(isHelper(credsStore) && { credsStore }),
    },
    problem:
      missing === undefined
        ? null
        : `${source} names docker-credential-${String(missing)}, which is not on this machine`,
  };
}

function isHelper(name: unknown): name is string {
  return typeof name === 'string' && which(`docker-credential-${name}`) !== undefined;
}

function textsOf(entry: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(entry).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(texts);
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
