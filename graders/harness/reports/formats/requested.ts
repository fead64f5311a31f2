import { UsageError } from '../../base/errors.ts';
import { didYouMean } from '../../base/text/nearest.ts';
import { REPORT_FORMATS, type ReportFormatName } from './index.ts';

/** A format that was asked for, and where it goes. */
export interface RequestedReport {
  format: ReportFormatName;
  path: string;
}

/** Reads `<format>` or `<format>=<file>`. Throws UsageError. */
export function requestedReport(text: string): RequestedReport {
  const [format = '', ...rest] = text.split('=');
  if (!isFormat(format))
    throw new UsageError(
      `There is no report format ${JSON.stringify(format)}${didYouMean(format, Object.keys(REPORT_FORMATS))}. There are: ${Object.keys(REPORT_FORMATS).join(', ')}.`,
    );
  return { format, path: rest.length === 0 ? REPORT_FORMATS[format].file : rest.join('=') };
}

function isFormat(name: string): name is ReportFormatName {
  return Object.hasOwn(REPORT_FORMATS, name);
}
