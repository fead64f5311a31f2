// What one writes first to grade a submission: a test that starts a container, runs the learner's commands
// in it and looks at what they left. The benchmark compares a grading with it.
import { readFile } from 'node:fs/promises';
import { Redis } from 'iovalkey';
import { GenericContainer, type StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SUBMISSION = process.env.BENCH_SUBMISSION ?? '';
const IMAGE = process.env.BENCH_IMAGE ?? '';

describe('sessions/cantina', () => {
  let container: StartedTestContainer;
  let client: Redis;

  beforeAll(async () => {
    container = await new GenericContainer(IMAGE).withExposedPorts(6379).start();
    client = new Redis(container.getMappedPort(6379), container.getHost());
    for (const line of (await readFile(SUBMISSION, 'utf8')).split('\n')) {
      const words = line.startsWith('#') ? [] : (line.match(/"[^"]*"|\S+/g) ?? []);
      const [command, ...args] = words.map((word) => word.replace(/^"|"$/g, ''));
      if (command) await client.call(command, ...args);
    }
  });

  afterAll(async () => {
    client.disconnect();
    await container.stop();
  });

  it('holds the session', async () => {
    expect(await client.hgetall('session:han_solo')).toMatchObject({ username: 'hsolo', credits: '9500' });
  });

  it('expires after an hour', async () => {
    expect(await client.ttl('session:han_solo')).toBeGreaterThan(3500);
  });

  it('left no other key', async () => {
    expect(await client.keys('*')).toEqual(['session:han_solo']);
  });
});
