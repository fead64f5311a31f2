import { textOf } from '../../base/bytes.ts';
import { shortList } from '../../base/text/count.ts';
import { showArgument } from '../../base/text/printable.ts';
import type { ConsumerGroup, KeySnapshot } from '../../evidence/evidence.ts';
import { failureAt } from './effects.ts';
import type { Failure } from './finding.ts';
import { isFailure, KEY, type KeyParam, keyOfType } from './key-param.ts';
import { text } from './parameters.ts';
import type { RunView } from './run-view.ts';

export type Stream = Extract<KeySnapshot, { type: 'stream' }>;

/** The parameters of every check that looks at a consumer group. */
export const GROUP = {
  ...KEY,
  group: text({ minLength: 1, description: "The consumer group's name." }),
};

export function groupNamed({ groups }: Stream, name: string): ConsumerGroup | undefined {
  return groups.find((group) => textOf(group.name) === name);
}

/** The stream and its group, otherwise the failure that says what is there instead. */
export function groupOf(
  run: RunView,
  parameters: KeyParam & { group: string },
): { stream: Stream; group: ConsumerGroup } | Failure {
  const stream = keyOfType(run, parameters, 'stream');
  if (isFailure(stream)) return stream;
  const group = groupNamed(stream, parameters.group);
  if (group) return { stream, group };
  const others = stream.groups.map(({ name }) => showArgument(name));
  return failureAt(run, parameters.key)(
    `a consumer group ${showArgument(parameters.group)}`,
    others.length === 0 ? 'a stream without groups' : `no such group, but ${shortList(others)}`,
  );
}
