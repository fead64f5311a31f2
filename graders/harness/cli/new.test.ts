import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder();

describe('new', () => {
  it.each([
    ['sessions/cantina', 'graders/sessions/cantina.yaml is there already'],
    ['cantina', '"cantina" cannot be the name of a challenge'],
  ])('refuses %s, and writes nothing', async (challenge, message) => {
    const { code, stdout, stderr } = await folder.run(['new', challenge]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(await folder.names()).toEqual([]);
  });
});
