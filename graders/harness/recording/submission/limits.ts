const MIB = 1024 * 1024;

/** What a script may bring along, and how large it may be. All of it is measured before anything of it is read. */
export const SubmissionLimits = {
  /** Bytes of a command file. */
  commandFileBytes: MIB,
  /** Bytes of a script's folder, by the sizes that its files have, and how much is in it. */
  folderBytes: 64 * MIB,
  files: 5_000,
  /** Bytes of a path within it: with the path of a temporary folder in front, every system can still open it. */
  pathBytes: 512,
} as const;

/** How much is copied with a script. */
export type CopyLimits = Readonly<Record<'folderBytes' | 'files' | 'pathBytes', number>>;
