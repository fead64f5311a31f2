import type { RunTime } from './run-time.ts';

/** Points in time that are further away come in no replay, in ms. */
const SOON_MS = 60 * 60 * 1000;

/**
 * A command as it was sent at a time of the run, unix time in ms, with the points in time at which keys expire put
 * off for as long as the replay is late: `EXPIREAT`, `SET … PXAT` and their kin name them themselves, and a key
 * would not even come to be where that time is past.
 */
export function putOff(command: readonly Buffer[], then: number, time: RunTime): Buffer[] {
  const words = command.map((word) => word.toString().toUpperCase());
  const [name = ''] = words;
  return command.map((word, index) => {
    const option = words[index - 1] ?? '';
    const isPoint = /^P?EXPIREAT$/.test(name) ? index === 2 : index > 2 && /^(?:EX|PX)AT$/.test(option);
    if (!isPoint) return word;
    const unit = name === 'EXPIREAT' || option === 'EXAT' ? 1000 : 1;
    const point = Number(word) * unit;
    if (!Number.isInteger(point) || point <= then || point - then > SOON_MS) return word;
    const later = Math.ceil((point + time.lateBy(then)) / unit) * unit;
    time.know(later, point);
    return Buffer.from(String(later / unit));
  });
}
