/**
 * What readers of a document have in their folder before they type its commands, as shell. FIXTURES is the
 * folder with the right and wrong submissions of this repository.
 */

/** A right submission, beside the reader. */
export const SOLVED = 'cp "$FIXTURES/sessions/cantina/pass/raw_socket.py" solution.py';

/** A right submission in its place in a clone or in a learner's repository. */
export const SOLVED_IN_PLACE = `
mkdir -p challenges/sessions/cantina
cp "$FIXTURES/sessions/cantina/pass/workshop.valkey" challenges/sessions/cantina/solution.valkey
`;

/** From here on npm and npx are real ones, but for what they would fetch; they take their time. */
export const REAL_NPM = 'export KG_REAL=1';
export const FAST_NPM = 'unset KG_REAL';

/** A script that does next to nothing. */
export const SCRIPT = `printf 'valkey-cli PING\\n' > my-session.sh`;

/** Submissions of two learners, or of four, one challenge each: `repos/valkey` makes `repos/valkey-leia` …. */
export function submissionsAt(prefix: string, learners: 2 | 4 = 2): string {
  return `
for learner in ${['leia', 'han', 'lando', 'rey'].slice(0, learners).join(' ')}; do
  mkdir -p ${prefix}-$learner/challenges/sessions/cantina
  cp "$FIXTURES/sessions/cantina/fail/ttl-of-six-minutes.valkey" \\
    ${prefix}-$learner/challenges/sessions/cantina/solution.valkey
done
cp "$FIXTURES/sessions/cantina/pass/workshop.valkey" ${prefix}-leia/challenges/sessions/cantina/solution.valkey
`;
}

/** Who is in the class. */
export const ROSTER = `
cat > roster.csv <<'END'
identifier,github_username,github_id,name
leia@example.org,leia,,Leia Organa
han@example.org,han,,Han Solo
END
cp roster.csv class.csv
`;

/** Repositories of git for \`--clone\`, the commit that counts tagged, and the list of them. */
export const REPOSITORIES = `
${submissionsAt('remote/valkey')}
for folder in remote/*; do
  git -C "$folder" init --quiet
  git -C "$folder" add --all
  git -C "$folder" -c user.name=Leia -c user.email=leia@example.org commit --quiet --message work
  git -C "$folder" tag submitted
  echo "file://$PWD/$folder \${folder##*-}" >> list.txt
done
`;

/**
 * Leaves of the wrong submissions of sessions/cantina as many as it takes to fail each check once, and of the
 * right ones three, so that the grader is still proven, and fast.
 */
export const FEW_FIXTURES = `
node --input-type=module <<'END'
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
const folder = 'fixtures/sessions/cantina';
const file = folder + '/expected.json';
const failed = new Set();
const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')));
// Command files first: they are the fastest.
all.sort(([a], [b]) => b.endsWith('.valkey') - a.endsWith('.valkey'));
const kept = all.filter(([, { checks }]) => {
  const fails = Object.keys(checks).filter((check) => checks[check] === 'failed' && !failed.has(check));
  for (const check of fails) failed.add(check);
  return fails.length > 0;
});
writeFileSync(file, JSON.stringify(Object.fromEntries(kept), null, 2) + '\\n');
const right = readdirSync(folder + '/pass').filter((name) => name.endsWith('.valkey')).slice(0, 3);
for (const [part, names] of [['pass', right], ['fail', kept.map(([name]) => name)]])
  for (const name of readdirSync(folder + '/' + part))
    if (!names.includes(name)) rmSync(folder + '/' + part + '/' + name, { recursive: true });
END
`;
