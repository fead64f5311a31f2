/**
 * The file beside a learner's solution that remembers how far it was. It is no part of what is handed in: no script
 * sees it, and nobody is graded by it.
 */
export const PROGRESS_NAME = '.keyspace-progress.json';
