import { describe, expect, it } from 'vitest';
import { installedVitest, requireVitest } from './supported-vitest.ts';

describe('requireVitest', () => {
  it.each(['4.1.0', '4.1.0-beta.1', '4.2.0', '5.0.0', '10.0.0'])('takes %s', (version) => {
    expect(() => requireVitest(version)).not.toThrow();
  });

  it.each(['4.0.18', '3.2.4', '0.34.6'])('refuses %s, and says which to install', (version) => {
    expect(() => requireVitest(version)).toThrow(
      `keyspace-grader/vitest needs vitest 4.1 or later (5 works too), but this is vitest ${version}.\n` +
        'Install it with: npm install --save-dev vitest@4',
    );
  });

  it('says that there is none', () => {
    expect(() => requireVitest(undefined)).toThrow(
      'but vitest is not installed.\nInstall it with: npm install',
    );
  });

  it('knows the vitest that runs this test', () => {
    expect(installedVitest()).toMatch(/^\d+\.\d+\.\d+/);
    expect(() => requireVitest(installedVitest())).not.toThrow();
  });
});
