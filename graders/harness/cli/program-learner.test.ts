import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder();

describe('the help of what learners work with', () => {
  it.each(['watch', 'hint', 'try'])('%s --help', async (command) => {
    const { code, stdout, stderr } = await folder.run([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: keyspace-grader ${command} `));
    expect(stdout).toMatch(/\nExamples:\n {2}\$ keyspace-grader /);
    for (const line of stdout.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  });
});
