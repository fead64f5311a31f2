import { printableLines } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { PASS } from '../finding.ts';
import { cutLine } from '../output-text.ts';
import { integer, object } from '../parameters.ts';

/** How many lines of what the script complained about are shown. */
const SHOWN_LINES = 8;

const STOPPED = {
  'not started': 'it could not be started',
  'out of memory': 'used more memory than it is given, so it was stopped',
  'too many processes': 'started too many processes, so it was stopped',
};

export const exitCode = defineKind({
  kind: 'exit-code',
  expects: 'nothing',
  description: 'The script came to its end by itself, with this exit code.',
  parameters: object({ code: integer({ minimum: 0, maximum: 255, description: '0 for success.' }) }),
  example: {
    purpose:
      'For scripts that are to end well. Without it a script that ends badly after all was done loses nothing.',
    yaml: 'code: 0',
    mistake: 'the script ended with an error at its end',
    seen: {
      process: { exitCode: 1, stderr: { text: 'KeyError: credits\n', bytes: 18, cut: false } },
    },
  },
  judge({ code }, run) {
    const { ended, exitCode: found, signal, timeLimitMs, leftOpen, stderr } = run.evidence.process;
    if (ended === 'exited' && found === code) return PASS;
    const actual = leftOpen
      ? 'it had nothing left to do, but a client was still open, so it was stopped'
      : ended === 'timed out'
        ? `still running after ${timeLimitMs / 1000} s, so it was stopped`
        : ended !== 'exited'
          ? STOPPED[ended]
          : signal
            ? `ended by signal ${signal}`
            : `exit code ${found}`;
    const complaint = printableLines(stderr.text.trim())
      .split('\n')
      .slice(-SHOWN_LINES)
      .map(cutLine)
      .join('\n');
    return {
      passed: false,
      expected: `the script ends by itself with exit code ${code}`,
      actual: complaint === '' ? actual : `${actual}\n${complaint}`,
    };
  },
});
