import { UsageError } from '../../errors.ts';
import { didYouMean } from '../../text/nearest.ts';
import { REPORT_FORMATS } from './index.ts';

/** A format that was asked for, and where it goes. */
export interface RequestedReport {
  format: string;
  path: string;
}

/** Reads `<format>` or `<format>=<file>`. Throws UsageError. */
export function requestedReport(text: string): RequestedReport {
  const [format = '', ...rest] = text.split('=');
  const known = Object.hasOwn(REPORT_FORMATS, format) ? REPORT_FORMATS[format] : undefined;
  if (!known)
    throw new UsageError(
      `There is no report format ${JSON.stringify(format)}${didYouMean(format, Object.keys(REPORT_FORMATS))}. There are: ${Object.keys(REPORT_FORMATS).join(', ')}.`,
    );
  return { format, path: rest.length === 0 ? known.file : rest.join('=') };
}
