import { median } from './measure.ts';
import { PROGRAMS, type ProgramId, RATIOS } from './programs.ts';

/** What a run of the benchmark found. */
export interface BenchResult {
  node: string;
  rounds: number;
  /** True where testcontainers could not start its reaper, so that the naive test did without. */
  withoutReaper: boolean;
  programs: { id: ProgramId; name: string; medianMs: number | null; fastestMs: number | null }[];
  ratios: {
    of: ProgramId;
    to: ProgramId;
    ratio: number | null;
    atMost: number;
    /** Null where nothing was measured. */
    met: boolean | null;
  }[];
}

export const SKIPPED = 'skipped: no Docker engine answers';

/** Sums up times in ms by program; a program without times was skipped. */
export function summarise(
  times: ReadonlyMap<ProgramId, readonly number[]>,
  rounds: number,
  withoutReaper: boolean,
): BenchResult {
  const ids = Object.keys(PROGRAMS) as ProgramId[];
  const medians = new Map([...times].map(([id, list]) => [id, median(list)]));
  return {
    node: process.version,
    rounds,
    withoutReaper,
    programs: ids.map((id) => ({
      id,
      name: PROGRAMS[id].name,
      medianMs: medians.get(id) ?? null,
      fastestMs: times.has(id) ? Math.min(...(times.get(id) ?? [])) : null,
    })),
    ratios: RATIOS.map(({ of, to, atMost }) => {
      const [mine, other] = [medians.get(of), medians.get(to)];
      const ratio = mine === undefined || other === undefined ? null : mine / other;
      return {
        of,
        to,
        ratio,
        atMost,
        met: ratio === null ? null : ratio <= atMost,
      };
    }),
  };
}

/** A benchmark's result as a table. */
export function resultTable(result: BenchResult): string {
  const names = Math.max(...Object.values(PROGRAMS).map(({ name }) => name.length));
  const programs = result.programs.map(({ name, medianMs, fastestMs }) => {
    const row = name.padEnd(names);
    return medianMs === null ? `  ${row}  ${SKIPPED}` : `  ${row}${ms(medianMs)}${ms(fastestMs ?? 0)}`;
  });
  const ratios = result.ratios.map(({ of, to, ratio, atMost, met }) => {
    const title = `${PROGRAMS[of].name} / ${PROGRAMS[to].name}`.padEnd(names * 2 + 3);
    if (ratio === null) return `  ${title}  ${SKIPPED}`;
    return `  ${title}${ratio.toFixed(2).padStart(6)}  target <= ${atMost.toFixed(2)}: ${met ? 'met' : 'MISSED'}`;
  });
  const notes = result.withoutReaper ? ["testcontainers' reaper could not be started: done without."] : [];
  return [
    `Wall-clock time, median and fastest of ${result.rounds}, Node ${result.node}`,
    ...programs,
    '',
    'Ratios of the medians',
    ...ratios,
    ...notes,
    '',
  ].join('\n');
}

function ms(time: number): string {
  return `${time.toFixed(0).padStart(7)} ms`;
}
