import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder();
const ID = 'music/jukebox';
const LOCAL = ['--engine', 'local'];

describe('a repository of somebody’s own', () => {
  it('gets a challenge that can be verified and graded at once', async () => {
    await folder.write('keyspace.config.yaml', 'graders: checks\n');
    await folder.write('solution.valkey', 'INCR music:visitors\n');
    const written = await folder.run(['new', ID]);
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toContain(`checks/${ID}.yaml`);
    expect(await folder.run(['verify', ...LOCAL])).toMatchObject({
      code: 0,
      stdout: `  ✓ ${ID}  5 checks, 3 right and 5 wrong submissions\n\n  1 grader, all proven\n\n`,
    });
    const grade = ['grade', ID, 'solution.valkey', '-q', ...LOCAL];
    expect(await folder.run([...grade, '--challenges', '.'])).toMatchObject({
      code: 0,
      stdout: `passed: 7 of 7 points  ${ID}\n`,
    });
  });

  it('is not graded with unless it is named: the folder may be a learner’s', async () => {
    await folder.write('keyspace.config.yaml', '');
    await folder.write('solution.valkey', 'PING\n');
    await folder.run(['new', ID]);
    // A grader of the learner's own under a name of the workshop's.
    await folder.run(['new', 'sessions/cantina']);
    const unnamed = await folder.run(['grade', ID, '.', ...LOCAL]);
    expect(unnamed).toMatchObject({ code: 2, stdout: '' });
    expect(unnamed.stderr).toContain(`There is no challenge named "${ID}".\nThe challenges are:`);
    expect(unnamed.stderr).toContain('To grade with those of keyspace.config.yaml, add --challenges .');
    const { stdout } = await folder.run(['grade', 'sessions/cantina', 'solution.valkey', '-q', ...LOCAL]);
    expect(stdout).toContain('of 20 points');
  });

  it('names its own challenges in place of an unknown one', async () => {
    await folder.write('keyspace.config.yaml', '');
    await folder.run(['new', ID]);
    const { code, stderr } = await folder.run(['verify', 'music/jukebx']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `There is no challenge named "music/jukebx"; did you mean ${ID}?\nThe challenges of this folder are:\n  ${ID}\n`,
    );
  });

  it('needs graders, wherever they are said to be', async () => {
    await folder.write('keyspace.config.yaml', 'graders: checks\n');
    const { code, stderr } = await folder.run(['list']);
    expect(code).toBe(2);
    expect(stderr).toContain('There are no graders in checks: ');
  });
});
