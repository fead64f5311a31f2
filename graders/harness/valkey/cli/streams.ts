/** Where a run of valkey-cli reads and writes: a process's own streams, or those of a test. */
export interface CliStreams {
  readonly stdin: NodeJS.ReadableStream & AsyncIterable<Buffer>;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
}
