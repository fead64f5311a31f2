// What `npm test -- --project challenges` runs in this repository. A learner's own file says the same, with
// the import from 'keyspace-grader/vitest'.
import { gradeChallenges } from './index.ts';

await gradeChallenges();
