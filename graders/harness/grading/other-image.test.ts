import { expect, it } from 'vitest';
import { hasImage } from '../recording/engine/docker/client.ts';
import { RUNTIME_IMAGE } from '../recording/engine/image.ts';
import { dockerForTests } from '../testing/docker.ts';
import { gradeMade, outcomes } from '../testing/made-challenge.ts';

const OTHER = 'valkey/valkey:9';
const docker = await dockerForTests();
const isThere = docker && (await hasImage(OTHER));
const hasSandbox = docker && (await hasImage(RUNTIME_IMAGE));

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

it.skipIf(!hasSandbox).each([
  ['solution.valkey', 'ACL SETUSER chewie on >a ~ship:falcon +get\n', 'passed'],
  [
    'solution.sh',
    'valkey-cli -h "$VALKEY_HOST" -p "$VALKEY_PORT" ACL SETUSER chewie on ">a" "~ship:falcon" +get\n',
    'the users are default',
  ],
])('users are made by command files alone in containers, too: %s', async (name, script, found) => {
  const graded = await gradeMade(
    {
      head: 'server: { allow: [acl|setuser] }',
      checks: ["kind: acl-user\nuser: chewie\nmay: ['GET ship:falcon']\nmayNot: [FLUSHALL]"],
    },
    script,
    { name, on: 'container' },
  );
  expect(outcomes(graded)).toEqual([found]);
});
