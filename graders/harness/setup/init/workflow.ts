import type { Classroom } from './files.ts';
import { shippedFile } from './shipped.ts';

/** The workflow of a learner's repository, and where it lies. */
export async function workflow(
  classroom: Classroom,
  challenges: string,
): Promise<{ path: string; text: string }> {
  const shipped = await shippedFile('.github', 'classroom', 'classroom.yml');
  const named = shipped
    // Its own first comment says how to copy it: that is done.
    .replace(/^(?:#.*\n)+/, '')
    .replace(/^( +challenges:) sessions$/m, `$1 ${challenges}`);
  if (classroom === 'github')
    return { path: '.github/workflows/classroom.yml', text: `${GITHUB_COMMENT}${named}` };
  return { path: '.github/workflows/feedback.yml', text: `${FEEDBACK_COMMENT}${feedbackOnly(named)}` };
}

const GITHUB_COMMENT = `# Grades every push, and hands the points to the gradebook as GitHub Classroom's reporter does.
# The file's name is part of that contract. Keep learners from changing it: list .github/** among the
# assignment's protected paths.
`;

const FEEDBACK_COMMENT = `# Grades every push, so that learners see at once what is left to do. The points that count come from the
# autograder in the teacher's bundle, which learners cannot change.
`;

/** Without what only the reporter of GitHub Classroom needs. */
function feedbackOnly(text: string): string {
  return text
    .replace('name: Autograding Tests', 'name: Feedback')
    .replace('group: autograding-', 'group: feedback-')
    .replace('run-autograding-tests:', 'feedback:')
    .replace(/^ +if: github\.actor != .*\n/m, '')
    .replace(/^ +# The reporter's notices.*\n +checks: write\n +actions: read\n/m, '')
    .replace(/^ +# Failed checks are the reporter's.*\n +fail-on: error\n/m, '')
    .replace(/^ +# Not where something of ours[\s\S]*?(?=^ +- name: Keep)/m, '');
}
