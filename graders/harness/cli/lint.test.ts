import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder();
const SESSIONS = ['analytics', 'cantina', 'field-operations', 'validation'].map((name) => `sessions/${name}`);

describe('lint', () => {
  it('has nothing to mend in the sessions', async () => {
    expect(await folder.run(['lint', ...SESSIONS, '--engine', 'local'])).toEqual({
      code: 0,
      signal: null,
      stdout: '4 challenges, nothing to mend\n',
      stderr: '',
    });
  });

  it('--json', async () => {
    const { code, stdout } = await folder.run(['lint', 'sessions/cantina', '--engine', 'local', '--json']);
    expect({ code, findings: JSON.parse(stdout) }).toEqual({ code: 0, findings: [] });
  });

  it('names the challenges that there are in place of an unknown one', async () => {
    const { code, stdout, stderr } = await folder.run(['lint', 'sessions/no-such']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('There is no challenge named "sessions/no-such"');
  });
});
