import type { WriteStream } from 'node:tty';
import { SingleBar } from 'cli-progress';
import { count } from '../base/text/count.ts';
import { printable } from '../base/text/printable.ts';
import type { BatchRecord } from './record.ts';

/** Tells the person who waits how far a batch is. */
export interface Progress {
  record(record: BatchRecord, wasThere: boolean): void;
  end(): void;
}

/** A bar with rate and time left on a terminal, and a plain line for each elsewhere. */
export function progressOn(stream: NodeJS.WriteStream, total: number): Progress {
  return stream.isTTY ? bar(stream, total) : lines(stream, total);
}

function bar(stream: WriteStream, total: number): Progress {
  const single = new SingleBar({
    stream,
    format: '  {bar} {value}/{total} · {rate} a second · {eta_formatted} left · {errors} not graded',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    etaBuffer: 50,
  });
  const began = performance.now();
  let fresh = 0;
  let errors = 0;
  single.start(total, 0, { rate: '–', errors });
  return {
    record({ report }, wasThere) {
      if (!wasThere) fresh += 1;
      if (report.status === 'error') errors += 1;
      const seconds = (performance.now() - began) / 1000;
      single.increment(1, { rate: seconds > 0 ? (fresh / seconds).toFixed(1) : '–', errors });
    },
    end: () => single.stop(),
  };
}

function lines(stream: NodeJS.WriteStream, total: number): Progress {
  let done = 0;
  let before = 0;
  return {
    record({ submission, challenge, report, tookMs }, wasThere) {
      done += 1;
      if (wasThere) {
        before += 1;
        return;
      }
      const { status, score, maxScore } = report;
      const points = score === null ? status : `${score}/${maxScore}`;
      stream.write(`${done}/${total} ${printable(submission)} ${challenge} ${points} ${tookMs} ms\n`);
    },
    end() {
      if (before > 0) stream.write(`${count(before, 'submission')} had been graded before.\n`);
    },
  };
}
