/** How hard a challenge is, from the easiest. */
const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;

/** What the instructions of a challenge say about it in their second paragraph. */
export interface ReadmeMetadata {
  /** True for the challenge that a mission begins with; the others are a bonus. */
  main: boolean;
  mission: string;
  points: number;
  difficulty: (typeof DIFFICULTIES)[number];
  /** A rough time. */
  minutes: number;
  /** The line that says so, from 1. */
  line: number;
}

/** How that line is written. */
export const METADATA_EXAMPLE =
  '*Main challenge of the mission "sessions": 20 points, easy, about 12 minutes.*';

const METADATA = new RegExp(
  `^\\*(Main|Bonus) challenge of the mission "([a-z0-9-]+)": (\\d+(?:\\.\\d+)?) points?, (${DIFFICULTIES.join('|')}), about ([1-9]\\d*) minutes?\\.\\*$`,
);

/** Reads that line of the instructions, which is the one place that says it; null where there is none. */
export function parseReadmeMetadata(readme: string): ReadmeMetadata | null {
  for (const [index, text] of readme.split('\n').entries()) {
    const [, kind, mission = '', points, difficulty, minutes] = METADATA.exec(text.trimEnd()) ?? [];
    if (kind === undefined) continue;
    return {
      main: kind === 'Main',
      mission,
      points: Number(points),
      difficulty: DIFFICULTIES.find((one) => one === difficulty) ?? 'easy',
      minutes: Number(minutes),
      line: index + 1,
    };
  }
  return null;
}

/** The title of the instructions, and its line; null where they have none. */
export function parseTitle(readme: string): { title: string; line: number } | null {
  const lines = readme.split('\n');
  const index = lines.findIndex((text) => text.startsWith('# '));
  return index === -1 ? null : { title: (lines[index] ?? '').slice(2).trim(), line: index + 1 };
}
