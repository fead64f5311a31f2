/**
 * ISO 8601: a date and a time with hours and minutes at least; seconds, fractions and a zone as one likes.
 * The basic form without separators counts too.
 */
export function isIsoDateTime(value: string): boolean {
  const parts =
    /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(.*)$/s.exec(value) ??
    /^(\d{4})(\d{2})(\d{2})[Tt](\d{2})(\d{2})(?:(\d{2})(?:[.,]\d+)?)?(.*)$/s.exec(value);
  if (!parts || !ZONE.test(parts[7] ?? '')) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  // 24:00 is the end of a day, and a minute may have a leap second.
  const isTime = (hour < 24 && minute < 60 && second <= 60) || (hour === 24 && minute + second === 0);
  return isDate && isTime;
}

const ZONE = /^(?:[Zz]|[+-](?:0\d|1\d|2[0-3])(?::?[0-5]\d)?)?$/;
