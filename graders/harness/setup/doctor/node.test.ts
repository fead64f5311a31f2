import { expect, it } from 'vitest';
import { examineNode } from './node.ts';

it('takes the Node that package.json asks for, or a later one', () => {
  for (const version of ['20.19.0', '22.1.0', process.versions.node])
    expect(examineNode(version)).toMatchObject({ state: 'fine', found: version });
  for (const version of ['18.20.4', '20.18.9'])
    expect(examineNode(version)).toMatchObject({
      state: 'wrong',
      found: `${version} is too old: it takes 20.19 or later`,
      remedy: expect.stringMatching(/\S/),
    });
});
