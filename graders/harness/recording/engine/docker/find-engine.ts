import { InfrastructureError } from '../../../base/errors.ts';
import { ownCommand } from '../../../base/text/own-command.ts';
import { askDocker, type DockerReply } from './ping.ts';

/** An engine that answers. */
export type AnsweringEngine = DockerReply & { target: NonNullable<DockerReply['target']>; problem: null };

/** How long an engine may take to answer that was asked for by name, in ms. */
export const NAMED_LIMIT_MS = 5000;

/** The engine to use, of those that replied; undefined where none answers. */
export function answering(replies: readonly DockerReply[]): AnsweringEngine | undefined {
  return replies.find((reply): reply is AnsweringEngine => reply.problem === null && reply.target !== null);
}

/**
 * The engine that containers are run by: whoever needs one finds it here, so that all speak to the same. Throws
 * InfrastructureError, which says why none answers and what mends that.
 */
export async function findEngine(): Promise<AnsweringEngine> {
  const replies = await askDocker(NAMED_LIMIT_MS);
  const engine = answering(replies);
  if (engine) return engine;
  const { diagnoseDocker } = await import('./diagnosis.ts');
  const { reason, remedy } = diagnoseDocker(replies);
  const fix = remedy === null ? 'Start it' : `Fix it with \`${remedy}\``;
  throw new InfrastructureError(
    `${reason}\n${fix}, or use \`--engine local\`. \`${ownCommand('doctor')}\` looks at the rest of this machine.`,
  );
}
