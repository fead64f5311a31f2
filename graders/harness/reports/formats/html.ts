import type { ReportFormat } from './format.ts';
import { page } from './html/page.ts';

/** One page that stands alone: it needs no network, and lets no script run but its own. */
export const htmlFormat: ReportFormat = {
  files(submissions, path, { now }) {
    return [{ path, content: page(submissions, now) }];
  },
};
