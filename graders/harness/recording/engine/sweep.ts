import { removeFolder, staleScratchFolders } from '../../base/scratch-folder.ts';
import { endStrayProcesses } from '../../base/stray-processes.ts';

/** Ends servers and scripts whose grader was killed, and removes the folders of dead runs. */
export async function sweepStaleRuns(): Promise<void> {
  const folders = await staleScratchFolders();
  if (folders.length === 0) return;
  await endStrayProcesses(folders);
  // What cannot be removed keeps nobody from grading: it is another user's, or another run sweeps it too.
  await Promise.allSettled(folders.map(removeFolder));
}
