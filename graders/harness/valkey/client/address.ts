/** Where a server listens: a TCP address, and a unix socket where the grader has one. */
export interface ServerAddress {
  host: string;
  port: number;
  /** Path of the unix socket, preferred by the grader's own connections. */
  socketPath?: string;
}

/** What `net.connect` takes to reach the server. */
export function connectOptions(address: ServerAddress): { path: string } | { host: string; port: number } {
  return address.socketPath ? { path: address.socketPath } : { host: address.host, port: address.port };
}

/** A user of the server. */
export interface Credentials {
  username: string;
  password: string;
}
