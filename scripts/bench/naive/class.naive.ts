// What one writes first to grade a class: a test for each submission, with a container of its own. The benchmark
// compares a batch with it.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'iovalkey';
import { GenericContainer } from 'testcontainers';
import { it } from 'vitest';

const CLASS = process.env.BENCH_CLASS ?? '';
const IMAGE = process.env.BENCH_IMAGE ?? '';

it.concurrent.for(CLASS === '' ? [] : readdirSync(CLASS))(
  '%s',
  { timeout: 120_000 },
  async (name, { expect }) => {
    const container = await new GenericContainer(IMAGE).withExposedPorts(6379).start();
    const client = new Redis(container.getMappedPort(6379), container.getHost());
    try {
      for (const line of (await readFile(join(CLASS, name, 'solution.valkey'), 'utf8')).split('\n')) {
        const words = line.startsWith('#') ? [] : (line.match(/"[^"]*"|\S+/g) ?? []);
        const [command, ...args] = words.map((word) => word.replace(/^"|"$/g, ''));
        if (command) await client.call(command, ...args);
      }
      expect(await client.hgetall('session:han_solo')).toMatchObject({ username: 'hsolo', credits: '9500' });
      expect(await client.ttl('session:han_solo')).toBeGreaterThan(3500);
      expect(await client.keys('*')).toEqual(['session:han_solo']);
    } finally {
      client.disconnect();
      await container.stop();
    }
  },
);
