import { join, resolve } from 'node:path';

/** Where an engine is spoken to, once its address is understood. */
export interface EngineTarget {
  /** The address in the one form that every client of Docker reads alike. */
  address: string;
  /** A unix socket, or the host and port of an engine that listens on a network. */
  at: { socketPath: string } | { host: string; port: string };
  /** Whether TLS is spoken, and the folder of ca.pem, cert.pem and key.pem; null for the system's certificates. */
  tls: { folder: string | null } | null;
}

/** An address that no engine can be reached by, and why in words that go on after it. */
export interface UnusableAddress {
  address: string;
  unusable: string;
}

/** What Docker's settings say of TLS. */
export interface TlsSettings {
  verify: boolean;
  folder: string | null;
}

const DEFAULT_SOCKET = '/var/run/docker.sock';
const LOCAL = '127.0.0.1';
/** Engines that are reached through TLS listen here, and clients take TLS where they see this port. */
const TLS_PORT = '2376';

/** Reads the address of an engine as Docker's own command does: `tcp://:2375` is this machine, `host` is `tcp://host`. */
export function parseDockerHost(text: string, tls: TlsSettings): EngineTarget | UnusableAddress {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/is.exec(text.trim()) ?? [];
  switch (scheme.toLowerCase()) {
    case 'unix':
      return unixTarget(resolve(rest === '' ? DEFAULT_SOCKET : rest));
    case 'tcp':
    case 'http':
      return networkTarget(text, rest, tls);
    case 'https':
      return networkTarget(text, rest, { ...tls, verify: true });
    case 'ssh':
      return {
        address: text,
        unusable: `an engine behind SSH cannot be used. Forward its socket, such as with \`ssh -nNT -L /tmp/docker.sock:${DEFAULT_SOCKET} ${rest}\`, and name unix:///tmp/docker.sock`,
      };
    case 'npipe':
      return { address: text, unusable: 'named pipes are for Windows only' };
    default:
      return { address: text, unusable: 'an address begins with unix:// or tcp://' };
  }
}

function unixTarget(path: string): EngineTarget | UnusableAddress {
  const address = `unix://${path}`;
  // Docker's client takes it out of a URL, in which such characters are written otherwise.
  return new URL(address).pathname === path
    ? { address, at: { socketPath: path }, tls: null }
    : { address, unusable: "its path has characters that Docker's client does not take" };
}

function networkTarget(text: string, rest: string, { verify, folder }: TlsSettings) {
  const [, name = '', given] = /^(\[[\da-f:.]+\]|[\w.-]*)(?::(\d{1,5}))?\/?$/i.exec(rest) ?? [];
  const host = name || LOCAL;
  if ((rest !== '' && name === '' && given === undefined) || !URL.canParse(`http://${host}:${given ?? 1}`))
    return { address: text, unusable: 'an address on a network has the form tcp://host:port' };
  const port = given ?? (verify ? TLS_PORT : '2375');
  return {
    address: `tcp://${host}:${port}`,
    at: { host: host.replace(/^\[(.*)\]$/, '$1'), port },
    tls: verify || port === TLS_PORT ? { folder } : null,
  };
}

/** The files of a folder of certificates, as Docker names them. */
export function certificateFiles(folder: string): Record<'ca' | 'cert' | 'key', string> {
  return { ca: join(folder, 'ca.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
}
