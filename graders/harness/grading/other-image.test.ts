import { expect, it } from 'vitest';
import { hasImage } from '../recording/engine/docker/client.ts';
import { dockerForTests } from '../testing/docker.ts';
import { gradeMade, outcomes } from '../testing/made-challenge.ts';

const OTHER = 'valkey/valkey:9';
const isThere = (await dockerForTests()) && (await hasImage(OTHER));

it.skipIf(!isThere)('a challenge is graded on a server of the image that it names', async () => {
  const graded = await gradeMade(
    {
      head: `server: { image: '${OTHER}', config: { maxmemory-policy: allkeys-lru } }`,
      checks: ['kind: answer\ncommand: HTTL h FIELDS 1 a\nreply: [{ pattern: ^(99|100)$ }]'],
    },
    'HSET h a 1\nHEXPIRE h 100 FIELDS 1 a\n',
    { on: 'docker' },
  );
  expect(outcomes(graded)).toEqual(['passed']);
  expect(graded.evidence.environment).toMatchObject({
    engine: 'docker',
    image: OTHER,
    server: { version: expect.stringMatching(/^9\./) },
  });
});
