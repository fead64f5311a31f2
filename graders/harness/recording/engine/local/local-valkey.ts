/** The programs of a Valkey installation on this machine. */
export interface LocalValkey {
  server: string;
  /** valkey-cli, where the installation has one. */
  cli: string | undefined;
}
