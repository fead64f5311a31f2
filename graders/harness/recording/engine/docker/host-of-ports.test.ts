import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { hostOfPorts } from './host-of-ports.ts';

const ID = 'a'.repeat(64);
const MOUNTS = `91 72 254:0 /var/lib/docker/containers/${ID}/hostname /etc/hostname rw - ext4 /dev/vda rw\n`;

let root: string;
let server: Server;
let engine: Record<string, unknown>;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'host-of-ports-'));
  vi.stubEnv('TESTCONTAINERS_HOST_OVERRIDE', undefined);
  engine = {};
  server = createServer((request, response) => {
    const found = engine[request.url ?? ''];
    response.statusCode = found === undefined ? 404 : 200;
    response.end(JSON.stringify(found ?? { message: 'no such thing' }));
  });
  await new Promise<void>((resolve) => server.listen(join(root, 'docker.sock'), resolve));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.close();
  await removeFolder(root);
});

async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
}

const beside = () => ({ address: '', at: { socketPath: join(root, 'docker.sock') }, tls: null });
const host = () => hostOfPorts(beside(), root);

describe('hostOfPorts', () => {
  it('is this machine beside the engine, and the host of an engine elsewhere', async () => {
    expect(await host()).toBe('localhost');
    const elsewhere = { address: '', at: { host: '192.0.2.7', port: '2375' }, tls: null };
    expect(await hostOfPorts(elsewhere, root)).toBe('192.0.2.7');
    vi.stubEnv('TESTCONTAINERS_HOST_OVERRIDE', '192.0.2.9');
    expect(await host()).toBe('192.0.2.9');
  });

  it("is the gateway of our own network in a container that was given the engine's socket", async () => {
    await write('.dockerenv', '');
    await write('proc/self/mountinfo', MOUNTS);
    engine[`/containers/${ID}/json`] = {
      HostConfig: { NetworkMode: 'class' },
      NetworkSettings: { Networks: { class: { Gateway: '172.30.0.1' } } },
    };
    // As where the configuration was written by hand.
    engine['/networks/bridge'] = { IPAM: { Config: [{ Subnet: '172.17.0.0/16' }] } };
    expect(await host()).toBe('172.30.0.1');
  });

  it('is this machine in a container with the network of its host, or with an engine of its own', async () => {
    await write('.dockerenv', '');
    await write('proc/self/mountinfo', MOUNTS);
    expect(await host()).toBe('localhost');
    engine[`/containers/${ID}/json`] = { HostConfig: { NetworkMode: 'host' } };
    expect(await host()).toBe('localhost');
  });

  it("is the bridge's gateway in a container that does not know itself", async () => {
    await write('run/.containerenv', '');
    engine['/networks/bridge'] = { IPAM: { Config: [{ Gateway: '172.17.0.1' }] } };
    expect(await host()).toBe('172.17.0.1');
  });

  it('is the router where nothing else is told', async () => {
    await write('.dockerenv', '');
    await write('proc/self/mountinfo', MOUNTS);
    engine[`/containers/${ID}/json`] = { NetworkSettings: { Networks: { odd: { Gateway: '' } } } };
    await write('proc/net/route', 'Iface\tDestination\tGateway\neth0\t00000000\t010011AC\n');
    // A machine with an engine of its own is no container's.
    expect(['172.17.0.1', 'localhost']).toContain(await host());
  });
});
