/** What Classroom 50's runner knows of the submission that it grades. */
interface Identity {
  classroom: string;
  assignment: string;
  /** From the repository's name; `group-<n>` for a team. */
  owner: string;
  type: 'individual' | 'group' | 'team';
}

/**
 * Why Classroom 50's runner would refuse a result.json, and its gradebook with it; null where it takes it.
 * In our own words. Source: validate_result of cli/gh-teacher/skeleton/dotgithub/scripts/runner.py in
 * foundation50/classroom50, at 0c49903.
 */
export function refusalOfResult(
  text: string,
  { classroom, assignment, owner, type }: Identity,
): string | null {
  const result = JSON.parse(text) as Record<string, unknown>;
  const expected = { schema: 'classroom50/result/v1', classroom, assignment, assignment_type: type };
  for (const [name, value] of Object.entries(expected))
    if (result[name] !== value) return `${name} is ${JSON.stringify(result[name])}, not ${value}`;
  if (String(result.owner).toLowerCase() !== owner.toLowerCase()) return `owner is ${result.owner}`;
  if (!String(result.submission).startsWith('submit/')) return 'submission';
  for (const name of ['commit', 'release', 'review', 'datetime'])
    if (typeof result[name] !== 'string' || result[name] === '') return `${name} is no text`;
  if (!Array.isArray(result.tests)) return 'tests is no list';
  const entries: Record<string, unknown>[] = [result, ...result.tests];
  for (const [index, entry] of entries.entries()) {
    const where = index === 0 ? 'the result' : `test ${index}`;
    const [score, most] = [entry.score, entry['max-score']];
    if (!isPoints(score) || !isPoints(most) || score > most) return `${where}: ${score} of ${most}`;
    if (index === 0) continue;
    if (typeof entry['test-name'] !== 'string' || entry['test-name'] === '') return `${where}: no name`;
    if (typeof entry.passed !== 'boolean') return `${where}: passed is ${entry.passed}`;
  }
  return null;
}

function isPoints(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** Seconds that a command gets where its test names none. */
const USUAL_SECONDS = 10;

/** A test of an assignment, as `gh teacher assignment test set --tests` takes a list of. */
interface DeclaredTest {
  name: string;
  type: string;
  run: string;
  points?: number;
  timeout?: number;
}

/**
 * Why the runner would refuse tests that are declared; null where it takes them.
 * Source: _validate_test_spec and load_tests there.
 */
export function refusalOfTests(tests: readonly DeclaredTest[]): string | null {
  if (tests.length === 0) return 'there are none';
  for (const { name, type, run, points = 0, timeout = 0 } of tests) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it refuses.
    if (name === '' || /[\u0000-\u001f\u007f]/.test(name)) return `the name ${JSON.stringify(name)}`;
    if (!['io', 'run', 'python'].includes(type)) return `the type ${type}`;
    if (run === '') return `${name} runs nothing`;
    if (!isPoints(points)) return `${name}: ${points} points`;
    if (!Number.isInteger(timeout) || timeout < 0 || timeout > 600) return `${name}: ${timeout} s`;
  }
  return new Set(tests.map(({ name }) => name)).size < tests.length ? 'two of one name' : null;
}

/** When the runner kills the command of a test, in seconds after its start. Source: execute_test there. */
export function killedAfter({ timeout }: DeclaredTest): number {
  return timeout || USUAL_SECONDS;
}
