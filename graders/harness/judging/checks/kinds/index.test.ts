import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECK_KINDS, checkKind } from './index.ts';

describe('the kinds of check', () => {
  it('are one file each, named for the kind', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => !/^index\.|\.test\.ts$/.test(name));
    expect(files.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual(
      CHECK_KINDS.map(({ kind }) => kind).sort(),
    );
  });

  it.each(CHECK_KINDS.map((kind) => [kind.kind, kind] as const))(
    '%s is described, and names its own parameters',
    (_, kind) => {
      expect(kind.description).not.toBe('');
      const { properties, anyOf = [], dependencies = {} } = kind.parameters;
      const names = Object.keys(properties);
      for (const { required } of anyOf) expect(names).toEqual(expect.arrayContaining(required));
      for (const [name, { properties: others }] of Object.entries(dependencies))
        expect(names).toEqual(expect.arrayContaining([name, ...Object.keys(others)]));
      for (const name of ['kind', 'id', 'title', 'points', 'needs', 'variant', 'hints'])
        expect(names).not.toContain(name);
    },
  );

  it('are found by name', () => {
    expect(checkKind('ttl')?.kind).toBe('ttl');
    expect(checkKind('custom')).toBeUndefined();
  });
});
