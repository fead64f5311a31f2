/** What plans mean by some texts and exit codes. */

/** The address of the real queue that the test starts. */
export const QUEUE = 'the-queue-of-the-test';

/** The exit code of what was stopped with Ctrl-C. */
export const CTRL_C = 130;

/** The exit code of `lint` on a challenge that was just made: it names what is left to do. */
export const TODOS_LEFT = 1;

/** A worker's line on a submission that it graded. */
export const WORKED = /\d+\/\d+ \d+ ms/;
