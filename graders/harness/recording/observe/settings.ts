import { SETTINGS } from '../../evidence/server-rules.ts';
import type { GraderSession } from './grader-session.ts';

/** Settings as they were at some time, to go back to. */
export type Settings = readonly string[];

/** Makes the settings of a challenge. Throws InfrastructureError for one that the server refuses. */
export async function makeSettings(
  session: GraderSession,
  config: Readonly<Record<string, string | number>>,
): Promise<void> {
  // One after the other: an error then tells of the one that is wrong.
  await session.callAll(
    Object.entries(config).map(([name, value]) => ['CONFIG', 'SET', name, String(value)]),
  );
}

/** The settings that a challenge or its learners may change, names and values in turns. */
export async function readSettings(session: GraderSession): Promise<Settings> {
  return ((await session.call('CONFIG', 'GET', ...SETTINGS)) as unknown[]).map(String);
}

/** Puts settings back to what they were. */
export async function restoreSettings(session: GraderSession, settings: Settings): Promise<void> {
  await session.call('CONFIG', 'SET', ...settings);
}
